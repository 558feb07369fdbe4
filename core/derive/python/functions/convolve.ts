import { namedKernels, type NamedKernel } from '../../../operation/named-kernels';
import { part } from '../part';
import { pythonLiteral, pythonText } from '../literal';
import { padded } from '../parts/boundaries';
import { colourCount, samples, scale, store, top } from '../parts/samples';

/** A kernel and its divisor; one that is too long for a line has a line a row. */
function entryOf([name, { matrix, divisor }]: readonly [string, NamedKernel]): string {
  const line = `    ${pythonText(name)}: (${pythonLiteral(matrix)}, ${divisor}),`;
  if (line.length <= 100) return line;
  const rows = matrix.map((row) => `        ${pythonLiteral(row)},`).join('\n');
  return `    ${pythonText(name)}: ([\n${rows}\n    ], ${divisor}),`;
}

const rows = Object.entries(namedKernels).map(entryOf);

const kernels = part(
  'KERNELS',
  [],
  `# Named kernels, each with the divisor that belongs to it.\nKERNELS = {\n${rows.join('\n')}\n}`,
);

export const convolve = part(
  'convolve',
  [kernels, padded, samples, store, top, colourCount, scale],
  `
def convolve(
    image,
    kernel,
    operation="convolution",
    divisor=None,
    offset=0,
    response="clamp",
    boundary="symmetric",
    constant=0,
    mode="same",
    stride=1,
):
    """
    The weighted sum of the window around every sample. A correlation lays the kernel on the picture as it is
    written, a convolution turns it by 180 degrees. Alpha is that of the pixel in the window's middle.
    """
    weights, own = KERNELS[kernel] if isinstance(kernel, str) else (kernel, 1)
    weights = np.array(weights, np.float64)
    if divisor == "auto":
        total = weights.sum()
        own = 1 if abs(total) <= np.abs(weights).sum() * 2**-44 else total
    divisor = divisor if isinstance(divisor, (int, float)) else own
    if operation == "convolution":
        weights = weights[::-1, ::-1]
    T, (rows, columns) = top(image), weights.shape
    v, middle = samples(image), image
    if mode == "same":
        v = padded(v, rows, columns, boundary, constant * scale_of(image))
    else:
        up, left = rows // 2, columns // 2
        middle = image[up:image.shape[0] - rows + 1 + up, left:image.shape[1] - columns + 1 + left]
    sums = [signal.correlate2d(v[..., c], weights, mode="valid") for c in range(v.shape[2])]
    result = np.stack(sums, axis=2) / divisor + offset * scale_of(image)
    if response == "absolute":
        result = np.abs(result)
    colour = store(result, T).astype(image.dtype)
    return np.concatenate([colour, middle[..., colour_count(image):]], axis=2)[::stride, ::stride]`,
);
