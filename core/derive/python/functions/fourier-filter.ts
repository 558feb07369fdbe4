import { part } from '../part';
import { samples, scale, stored } from '../parts/samples';

export const fourierFilter = part(
  'fourier_filter',
  [samples, scale, stored],
  `
def fourier_filter(image, type, profile="gaussian", *, cutoff, order=2, padding="mirror", offset=0):
    """Keeps the low or the high frequencies; D is the distance from zero frequency in cycles per pixel."""
    v = samples(image)
    height, width = v.shape[:2]
    if padding == "mirror":
        v = np.pad(v, ((0, height), (0, width), (0, 0)), mode="symmetric")
    fy, fx = np.fft.fftfreq(v.shape[0])[:, np.newaxis], np.fft.fftfreq(v.shape[1])
    D2 = (fy * fy + fx * fx)[..., np.newaxis]
    if profile == "gaussian":
        kept = np.exp(-D2 / (2 * cutoff * cutoff))
    elif profile == "butterworth":
        kept = 1 / (1 + (D2 / (cutoff * cutoff)) ** order)
    else:
        kept = np.where(np.sqrt(D2) <= cutoff + 1e-12, 1, 0)
    transfer = kept if type == "lowPass" else 1 - kept
    filtered = np.fft.ifft2(np.fft.fft2(v, axes=(0, 1)) * transfer, axes=(0, 1)).real
    return stored(image, filtered[:height, :width] + offset * scale_of(image))`,
);
