/**
 * The check that runs a script: what it says of a right one, of doctored ones, of those that end badly or not at all, and where
 * there is no Python.
 */

import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { startCodec } from '../../../../core/node/codec/codec';
import { findPython } from '../../../../core/node/python/find-python';
import { verifyScript, type VerifyJob } from '../../../../core/node/python/verify-script';
import { pythonScript } from '../../../../core/derive/python/script';
import { documentWith, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { noise } from '../../../support/rasters';

const codec = startCodec({ processes: 1 });
const python = await findPython();
afterAll(() => codec.close());
afterEach(() => vi.unstubAllEnvs());

if (python === null) console.log('skipped: no Python with numpy');

const shape = { width: 21, height: 13, channels: 3, depth: 8 } as const;
const photo = noise(shape, 5);
const document = documentWith(sourceFor('photo', shape), [stepOf('gamma', { gamma: 2.2 })]);

async function job(change: (script: string) => string = (script) => script): Promise<VerifyJob> {
  const script = pythonScript(document, { inputs: { photo: 'photo.png' } });
  if (!script.ok) throw new Error(script.fault.message);
  return {
    python,
    script: change(script.value),
    inputs: new Map([
      ['photo.png', await sharp(Uint8Array.from(photo.data), { raw: shape }).png().toBuffer()],
    ]),
    wanted: plainPicture(document, { photo }),
  };
}

function folders(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('burnish-verify-'));
}

describe.skipIf(python === null)('a script that is run for proof', () => {
  it('is identical when it makes the same samples, and leaves nothing behind', async () => {
    const before = folders();
    expect(await verifyScript(await job(), { codec })).toEqual({ kind: 'identical' });
    expect(folders()).toEqual(before);
  });

  it('differs by as much as was changed in it', async () => {
    const doctored = await job((text) =>
      text.replace('    return image\n', '    image[2, 3:5, 1] ^= 4\n    return image\n'),
    );
    expect(await verifyScript(doctored, { codec })).toEqual({
      kind: 'differs',
      samples: 2,
      of: 21 * 13 * 3,
      largest: 4,
    });
  });

  it('differs altogether when it makes a picture of another form', async () => {
    const doctored = await job((text) => text.replace('    return image\n', '    return image[:, ::2]\n'));
    expect(await verifyScript(doctored, { codec })).toMatchObject({
      kind: 'differs',
      samples: 21 * 13 * 3,
      form: '11 × 13, 3 channels, 8 bit',
    });
  });

  it('is not verified when it fails, and the reason is what Python said', async () => {
    const doctored = await job((text) => text.replace('    return image\n', '    return image[99]\n'));
    const verdict = await verifyScript(doctored, { codec });
    expect(verdict).toMatchObject({ kind: 'unverified' });
    expect(verdict).toHaveProperty('reason', expect.stringMatching(/^the script failed: IndexError: .*99/));
  });

  it('is not verified when it writes nothing, or takes too long', async () => {
    const silent = { ...(await job()), script: 'pass\n' };
    expect(await verifyScript(silent, { codec })).toEqual({
      kind: 'unverified',
      reason: 'the script wrote no picture',
    });
    const endless = { ...(await job()), script: 'while True: pass\n' };
    expect(await verifyScript(endless, { codec, seconds: 0.2 })).toEqual({
      kind: 'unverified',
      reason: 'the script took longer than 0.2 seconds',
    });
  });

  it('is given up when it is not wanted any more', async () => {
    const stop = new AbortController();
    const endless = { ...(await job()), script: 'while True: pass\n' };
    const running = verifyScript(endless, { codec, signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toThrow('cancelled');
  });
});

describe('without Python', () => {
  it('nothing is verified, and why is said', async () => {
    const reason = 'no Python with numpy, scipy and Pillow was found';
    expect(await verifyScript({ ...(await job()), python: null }, { codec })).toEqual({
      kind: 'unverified',
      reason,
    });
    const gone = { command: '/nowhere/python3', words: [], versions: '' };
    expect(await verifyScript({ ...(await job()), python: gone }, { codec })).toMatchObject({
      kind: 'unverified',
      reason: expect.stringContaining('Python could not be started'),
    });
  });

  it('no other is taken than the one that BURNISH_PYTHON names', async () => {
    vi.stubEnv('BURNISH_PYTHON', '/nowhere/python3');
    expect(await findPython()).toBeNull();
  });
});
