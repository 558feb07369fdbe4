/** `burnish script --verify`: the script is run, and in a line stands whether it makes what Burnish makes. */

import type { Raster } from '../../raster/raster';
import type { Codec } from '../codec/codec';
import { findPython } from '../python/find-python';
import { verifyScript, type Verdict } from '../python/verify-script';
import { STATUS } from './terminal';

/** What a run of the script showed, and by which Python; null where there is none. */
export interface Verification {
  readonly verdict: Verdict;
  readonly samples: number;
  readonly python: string | null;
}

export async function verification(
  script: string,
  wanted: Raster,
  codec: Pick<Codec, 'decode'>,
  signal: AbortSignal,
): Promise<Verification> {
  const python = await findPython();
  const job = { python, script, inputs: new Map<string, Uint8Array>(), wanted };
  const verdict = await verifyScript(job, { codec, signal });
  return { verdict, samples: wanted.data.length, python: python?.versions ?? null };
}

export function verificationLine({ verdict, samples, python }: Verification, asJson: boolean): string {
  if (asJson) {
    const { kind, ...more } = verdict;
    return `${JSON.stringify({ verdict: kind, ...(kind === 'identical' ? { of: samples } : more), python })}\n`;
  }
  switch (verdict.kind) {
    case 'identical':
      return `identical: all ${samples} samples, by ${python}\n`;
    case 'differs':
      return verdict.form === undefined
        ? `differs: ${verdict.samples} of ${verdict.of} samples, by up to ${verdict.largest}\n`
        : `differs: the script's picture is ${verdict.form}\n`;
    case 'unverified':
      return `not verified: ${verdict.reason}\n`;
  }
}

/** Who asks for a proof and gets none must see it, so only a proof is a success. */
export function verificationStatus({ verdict }: Verification): number {
  return verdict.kind === 'identical' ? STATUS.done : STATUS.failed;
}
