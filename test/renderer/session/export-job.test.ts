import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { succeed } from '../../../core/raster/fault';
import { ExportJob, optionsOf, sizeText } from '../../../renderer/session/export-job.svelte';
import { Session } from '../../../renderer/session/session.svelte';
import { opening } from '../../core/document/sample';
import { FakeHost } from '../../support/fake-host';

const choice = {
  quality: 80,
  metadata: 'all',
  profile: 'srgb',
  effort: null,
  lossless: false,
  subsampling: null,
} as const;

describe('the estimate of an export', () => {
  let host: FakeHost;
  let job: ExportJob;

  beforeEach(async () => {
    host = new FakeHost(opening());
    const session = new Session(host);
    await vi.waitFor(() => expect(session.active).not.toBeNull());
    if (!session.active) throw new Error('nothing is open');
    let bytes = 1000;
    host.answers['export.estimate'] = () => succeed({ bytes: bytes++, share: 0.5, ms: 1 });
    job = new ExportJob(host, session.active);
    vi.useFakeTimers();
  });

  afterEach(() => vi.useRealTimers());

  it('is worked out once the choices rest', async () => {
    for (const quality of [10, 20, 30]) {
      job.choose(optionsOf('jpeg', { ...choice, quality }));
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(host.payloads('export.estimate')).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(host.payloads('export.estimate').map(({ options }) => options.quality)).toEqual([30]);
    expect(job.estimate?.bytes).toBe(1000);
  });

  it('is never that of an earlier choice', async () => {
    job.choose(optionsOf('jpeg', choice));
    await vi.advanceTimersByTimeAsync(300);
    job.choose(optionsOf('png', choice));
    expect(job.estimate).toBeNull();
    // The answer to the first question comes after the second choice.
    vi.advanceTimersByTime(250);
    job.choose(optionsOf('webp', choice));
    await vi.advanceTimersByTimeAsync(0);
    expect(job.estimate).toBeNull();
    await vi.advanceTimersByTimeAsync(300);
    expect(job.estimate?.bytes).toBe(1002);
  });

  it('is not asked for when the dialog is closed', async () => {
    job.choose(optionsOf('jpeg', choice));
    job.stop();
    await vi.advanceTimersByTimeAsync(1000);
    expect(host.payloads('export.estimate')).toEqual([]);
  });
});

describe('what is exported', () => {
  it('has a quality only where the format knows one', () => {
    expect(optionsOf('png', choice)).toEqual({ format: 'png', metadata: 'all', profile: 'srgb' });
    expect(optionsOf('avif', choice).quality).toBe(80);
  });

  it('has of what is chosen as much as the format knows', () => {
    const all = { ...choice, effort: 7, lossless: true, subsampling: '4:2:0' } as const;
    const kept = { metadata: 'all', profile: 'srgb' };
    expect(optionsOf('jpeg', all)).toEqual({
      ...kept,
      format: 'jpeg',
      quality: 80,
      effort: 7,
      chromaSubsampling: '4:2:0',
    });
    expect(optionsOf('avif', all)).toEqual({ ...kept, format: 'avif', lossless: true, effort: 7 });
    expect(optionsOf('webp', { ...all, lossless: false })).toEqual({
      ...kept,
      format: 'webp',
      quality: 80,
      effort: 7,
    });
    expect(optionsOf('tiff', all)).toEqual({ ...kept, format: 'tiff' });
  });

  it.each([
    [999, '999 bytes'],
    [1000, '1.00 kB'],
    [12_345, '12.3 kB'],
    [2_190_000, '2.19 MB'],
    [345_600_000, '346 MB'],
    [7_000_000_000, '7.00 GB'],
  ])('of %i bytes is said to be %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
