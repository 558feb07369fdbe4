/** Formulas that several operations share, as LaTeX. */

/** Keys' cubic with a = −1/2 over the distance t, which goes through the samples. */
export const KEYS_CUBIC = String.raw`\begin{cases} \tfrac{3}{2} |t|^3 - \tfrac{5}{2} |t|^2 + 1 & \text{if } |t| \le 1 \\ -\tfrac{1}{2} |t|^3 + \tfrac{5}{2} |t|^2 - 4 |t| + 2 & \text{if } |t| < 2 \\ 0 & \text{otherwise} \end{cases}`;
