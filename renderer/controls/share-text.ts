/** A share 0 … 1 in percent, in as few characters as tell it: what is there is never told to be nothing, nor what is missing to be all. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (share > 0 && percent < 0.1) return '<0.1 %';
  if (share < 1 && percent >= 99.95) return '>99.9 %';
  return `${percent >= 10 && percent < 99.5 ? percent.toFixed(0) : percent.toFixed(1).replace(/\.0$/, '')} %`;
}
