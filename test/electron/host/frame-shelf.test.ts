import { describe, expect, it } from 'vitest';
import { FrameShelf, stateName, type Picture } from '../../../electron/host/frame-shelf';
import { sampleDocument } from '../../core/document/sample';

const region = { x: 0, y: 0, width: 10, height: 10 };
const picture = (key: string, bytes = 400): Picture => ({
  key,
  level: 0,
  region,
  whole: region,
  full: region,
  exact: true,
  reported: {},
  pixels: new Uint8Array(bytes),
});

describe('the shelf of frames', () => {
  it('finds a frame by what was asked for and by the key of its pixels', () => {
    const shelf = new FrameShelf(1_000);
    shelf.put('state', picture('key'));
    expect(shelf.find('state')?.key).toBe('key');
    expect(shelf.pixels('key')).toHaveLength(400);
    expect(shelf.find('other')).toBeUndefined();
    expect(shelf.pixels('other')).toBeUndefined();
  });

  it('keeps no more bytes than it may, and the newest in any case', () => {
    const shelf = new FrameShelf(1_000);
    for (const key of ['a', 'b', 'c']) shelf.put(key, picture(key));
    expect(shelf.bytes).toBe(800);
    expect([shelf.find('a'), shelf.pixels('a')]).toEqual([undefined, undefined]);
    shelf.put('huge', picture('huge', 5_000));
    expect(shelf.bytes).toBe(5_000);
    expect(shelf.pixels('huge')).toHaveLength(5_000);
  });

  it('lets go first what was not used for longest', () => {
    const shelf = new FrameShelf(1_000);
    shelf.put('a', picture('a'));
    shelf.put('b', picture('b'));
    shelf.find('a');
    shelf.put('c', picture('c'));
    expect(shelf.pixels('a')).toBeDefined();
    expect(shelf.pixels('b')).toBeUndefined();
  });

  it('keeps equal pixels of different states once', () => {
    const shelf = new FrameShelf(1_000);
    shelf.put('one', picture('same'));
    shelf.put('two', picture('same'));
    expect(shelf.bytes).toBe(400);
    expect(shelf.find('one')?.pixels).toBe(shelf.find('two')?.pixels);
    shelf.put('three', picture('b'));
    shelf.put('four', picture('c'));
    expect([shelf.find('one'), shelf.find('two')]).toEqual([undefined, undefined]);
  });
});

describe('the name of a state', () => {
  const document = sampleDocument();
  const name = (changed = document, level = 0, exact = true) => stateName(changed, level, region, exact);
  const [layer] = document.layers;

  it('is the same whatever layers and document are called', () => {
    expect(name({ ...document, name: 'other', layers: [{ ...layer, name: 'Sky' }] })).toBe(name());
  });

  it('differs where something that shows does', () => {
    const names = [
      name(),
      name({ ...document, depth: 16 }),
      name({ ...document, layers: [{ ...layer, opacity: 0.5 }] }),
      name({ ...document, layers: [{ ...layer, visible: false }] }),
      name({ ...document, layers: [] }),
      name({ ...document, frame: { width: 1, height: 1 } }),
      name(document, 1),
      name(document, 0, false),
      stateName(document, 0, { ...region, x: 1 }, true),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});
