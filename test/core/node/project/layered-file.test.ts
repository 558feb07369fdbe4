/** OpenRaster files as other programs write them, and as nobody honest writes them. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLEND_MODES, type BlendMode } from '../../../../core/colour/blend-mode';
import { composeLayers } from '../../../../core/colour/compose';
import { current } from '../../../../core/document/log';
import { logFromRecords, logToRecords } from '../../../../core/document/log-records';
import { startCodec } from '../../../../core/node/codec/codec';
import { startEngine } from '../../../../core/node/engine/engine';
import { openLayered } from '../../../../core/node/project/layered-file';
import { OPERATORS } from '../../../../core/node/project/open-raster';
import {
  isOpenRaster,
  isProject,
  readProject,
  type Rendering,
} from '../../../../core/node/project/project-file';
import { writeLayered } from '../../../../core/node/project/layered-writing';
import { sentence } from '../../../../core/raster/fault';
import { createRaster, type Raster, type Shape } from '../../../../core/raster/raster';
import { wholeOf } from '../../../../core/raster/rectangle';
import { wholeOf as allOf } from '../../../../core/node/files/bytes-elsewhere';
import { neverAborted } from '../../../../core/raster/signal';
import { plainPicture } from '../../../support/plain-picture';
import { projectBytes } from '../../../support/projects';
import { image, layeredArchive, layerPictures, type LayerPictures } from '../../../support/layered-pictures';
import type { MadeEntry } from '../../../support/zip-maker';
import { valueOf } from '../../document/sample';

// A child that starts on a busy machine takes its time, which is not what is tested here.
const codec = startCodec({ processes: 1, limits: { infoSeconds: 120, decodeSeconds: 120 } });
const engine = startEngine({ workers: 1 });
const tools = { codec, engine, newId: randomUUID };
let pictures: LayerPictures;

beforeAll(async () => {
  pictures = await layerPictures();
});
afterAll(() => Promise.all([codec.close(), engine.close()]));

const archive = (xml: string, more: readonly MadeEntry[] = []): Uint8Array =>
  layeredArchive(pictures, xml, more);

const opened = async (xml: string) => valueOf(await openLayered('a.ora', archive(xml), tools));

const rendering: Rendering = {
  render: (request) => engine.render(request),
  strips: (document) => engine.strips(document),
  encodePng: (picture) => codec.encode(picture, null, { format: 'png', metadata: 'none' }),
};

/** What the document shows, the plain way. */
async function shown({ log, files }: Awaited<ReturnType<typeof opened>>): Promise<Raster> {
  const rasters: Record<string, Raster> = {};
  for (const [id, { bytes }] of files) rasters[id] = valueOf(await codec.decode(await allOf(bytes))).raster;
  return plainPicture(current(log), rasters);
}

/** The samples; what lies under no alpha at all is nobody's colour. */
function seen({ data }: Raster): readonly number[] {
  return [...data].map((level, at) => (data[at | 3] === 0 ? 0 : level));
}

/** A picture laid on a transparent canvas of 40 × 30, by hand. */
function laid({ raster }: { readonly raster: Raster }, x: number, y: number): Raster {
  const canvas = createRaster({ width: 40, height: 30, channels: 4, depth: 8 });
  for (let row = 0; row < raster.height; row++) {
    for (let column = 0; column < raster.width; column++) {
      const [to, at] = [[column + x, row + y], (row * raster.width + column) * raster.channels];
      if (to[0] < 0 || to[0] >= 40 || to[1] < 0 || to[1] >= 30) continue;
      for (let c = 0; c < 4; c++)
        canvas.data[(to[1] * 40 + to[0]) * 4 + c] = c < raster.channels ? raster.data[at + c] : 255;
    }
  }
  return canvas;
}

/** Whole pictures over each other, from the bottom up. */
function composed(shape: Shape, layers: readonly (readonly [Raster, BlendMode, number])[]): Raster {
  const raster = createRaster(shape);
  const whole = (of: Raster) => ({ raster: of, rectangle: wholeOf(of) });
  const told = layers.map(([of, mode, opacity]) => ({
    region: whole(of),
    whole: of,
    x: 0,
    y: 0,
    mode,
    opacity,
  }));
  composeLayers(told, whole(raster), neverAborted);
  return raster;
}

describe('a layered picture of another program', () => {
  it('opens with every layer where it lay, whatever its place, size and alpha', async () => {
    for (const [name, x, y] of [
      ['front', 0, 0],
      ['front', 11, 9],
      ['front', 12, 9],
      ['front', 30, 25],
      ['front', -8, -5],
      ['front', 3, 28],
      ['plain', 1, 20],
      ['plain', 15, 11],
    ] as const) {
      const file = await opened(image(`<layer name="one" src="data/${name}.png" x="${x}" y="${y}"/>`));
      const wanted = laid(pictures[name], x, y);
      const got = await shown(file);
      expect([got.width, got.height], `${name} ${x},${y}`).toEqual([40, 30]);
      expect(got.channels).toBe(4);
      expect(seen(got), `${name} ${x},${y}`).toEqual(seen(wanted));
      expect(file.notices).toEqual([]);
    }
  });

  it('keeps names, order, visibility, opacity and all of our blend modes, and the original pictures', async () => {
    const layers = BLEND_MODES.map(
      (mode, at) =>
        `<layer name="L${at} &amp; &lt;b&gt;" src="data/front.png" x="${at}" opacity="0.${at + 10}"` +
        ` visibility="${at % 2 === 0 ? 'visible' : 'hidden'}" composite-op="${OPERATORS[mode]}"/>`,
    );
    const { log, files, notices } = await opened(image(layers.join('')));
    expect(notices).toEqual([]);
    const told = current(log).layers.map(({ name, mode, opacity, visible }) => [
      name,
      mode,
      opacity,
      visible,
    ]);
    const wanted = BLEND_MODES.map((mode, at) => [
      `L${at} & <b>`,
      mode,
      Number(`0.${at + 10}`),
      at % 2 === 0,
    ]);
    expect(told).toEqual(wanted.toReversed());
    const [{ bytes }, ...more] = files.values();
    expect(more).toEqual([]);
    expect(Buffer.from(await allOf(bytes)).equals(pictures['front'].png)).toBe(true);
  });

  it('that has groups shows what its layers make, and says which groups are gone', async () => {
    const group = '<layer name="up" src="data/front.png" x="2" y="3" composite-op="svg:multiply"/>';
    const below = '<layer name="low" src="data/plain.png" x="4" y="5"/>';
    const back = '<layer name="back" src="data/back.png"/>';
    const apart = await opened(image(`<stack name="G" opacity="0.5">${group}${below}</stack>${back}`));
    expect(current(apart.log).layers.map(({ name, opacity }) => [name, opacity])).toEqual([
      ['back', 1],
      ['G', 0.5],
    ]);
    expect(apart.notices).toEqual([
      'not everything of the OpenRaster file was kept: the group "G" merged into one layer each',
    ]);
    const [bottom, over] = [laid(pictures['plain'], 4, 5), laid(pictures['front'], 2, 3)];
    const merged = composed({ width: 40, height: 30, channels: 4, depth: 8 }, [
      [bottom, 'normal', 1],
      [over, 'multiply', 1],
    ]);
    const wanted = composed({ width: 40, height: 30, channels: 3, depth: 8 }, [
      [pictures['back'].raster, 'normal', 1],
      [merged, 'normal', 0.5],
    ]);
    expect([...(await shown(apart)).data]).toEqual([...wanted.data]);

    const gathered = await opened(
      image(`<stack name="P">${group}${below}</stack><stack name="E" opacity="0.5"/>${back}`),
    );
    expect(current(gathered.log).layers.map(({ name }) => name)).toEqual(['back', 'low', 'up']);
    expect(gathered.notices[0]).toContain('the groups "E", "P" opened as single layers');
    const hidden = await opened(image(`<stack name="P" visibility="hidden">${group}</stack>${back}`));
    expect(current(hidden.log).layers.map(({ visible }) => visible)).toEqual([true, false]);
  });

  it('tells of blend modes and elements that Burnish does not know', async () => {
    const { log, notices } = await opened(
      image('<text/><layer name="sum" src="data/front.png" composite-op="svg:plus"/>'),
    );
    expect(current(log).layers[0].mode).toBe('normal');
    expect(notices).toEqual([
      'not everything of the OpenRaster file was kept: blend modes shown as normal: "sum" (svg:plus); left out: "text"',
    ]);
  });

  it('of 16 bit opens at 16 bit', async () => {
    const { log } = await opened(
      image('<layer name="a" src="data/deep.png"/><layer name="b" src="data/back.png"/>'),
    );
    expect(current(log).depth).toBe(16);
  });

  it('can be saved as a project and read again, and its history replays', async () => {
    const { log, files } = await opened(
      image('<layer name="a" src="data/front.png" x="1"/><layer name="b" src="data/back.png"/>'),
    );
    const bytes = await projectBytes({ log, files });
    expect([isProject(bytes), isOpenRaster(bytes)]).toEqual([true, true]);
    const again = valueOf(await readProject(bytes));
    expect(current(again.log)).toEqual(current(log));
    expect(again.notices).toEqual([]);
    const lie = JSON.stringify(logToRecords(log)).replace('"name":"b"', '"name":"\\n"');
    expect(logFromRecords(JSON.parse(lie))).toMatchObject({ ok: false, fault: { code: 'damaged' } });
  });

  it('comes back from our own export with the same layers and the same picture', async () => {
    const file = await opened(
      image(
        '<layer name="a" src="data/front.png" x="20" opacity="0.25" composite-op="svg:screen"/><layer name="b" src="data/back.png"/>',
      ),
    );
    for (const [id, { bytes }] of file.files)
      engine.addSource(id, valueOf(await codec.decode(await allOf(bytes))).raster);
    const written = valueOf(await writeLayered(current(file.log), rendering, codec));
    const again = valueOf(await openLayered('b.ora', await allOf(written), tools));
    written.close();
    const facts = ({ name, mode, opacity }: { name: string; mode: string; opacity: number }) => [
      name,
      mode,
      opacity,
    ];
    expect(current(again.log).layers.map(facts)).toEqual(current(file.log).layers.map(facts));
    expect([...(await shown(again)).data]).toEqual([...(await shown(file)).data]);
  });
});

describe('a hostile or broken layered picture', () => {
  const layer = '<layer name="a" src="data/back.png"/>';
  const deep = '<stack>'.repeat(200) + layer + '</stack>'.repeat(200);
  const many = Array.from({ length: 2100 }, (_, at) => layer.replace('"a"', `"${at ** 5}"`)).join('');
  const doctype = `<!DOCTYPE image [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const outside = `<!DOCTYPE image [<!ENTITY a SYSTEM "file:///etc/passwd">]>`;
  const cases: Readonly<Record<string, readonly [xml: string, said: string]>> = {
    'entities that grow': [image(layer).replace('<image', `${doctype}<image`), 'declares a document type'],
    'an entity from outside': [
      image(layer).replace('<image', `${outside}<image`),
      'declares a document type',
    ],
    'an unknown entity': [image('<layer name="&x;" src="data/back.png"/>'), 'not valid XML'],
    'groups without end': [image(deep), 'more than 64 groups lie inside each other'],
    'too many layers': [image(many), 'more than 2,000 layers'],
    'no XML': ['hello', 'not valid XML'],
    'cut off': [image(layer).slice(0, -12), 'not valid XML'],
    'another root': [image(layer).replaceAll('image', 'svg'), 'begins with "svg"'],
    'no stack': ['<image w="4" h="4"/>', 'holds no stack'],
    'no layers': [image(''), 'holds no layers'],
    'no size': [image(layer, 'w="forty" h="30"'), `"forty × 30", which is none`],
    'a canvas of a billion pixels': [image(layer, 'w="100000" h="100000"'), 'opens up to 500 million'],
    'a place that is none': [image('<layer name="a" src="data/back.png" x="NaN"/>'), 'which is no place'],
    'a place far away': [image('<layer name="a" src="data/back.png" x="900000" y="900000"/>'), ''],
    'an opacity that is none': [image('<layer name="a" src="data/back.png" opacity="half"/>'), 'opacity of'],
    'a layer without a picture': [image('<layer name="a"/>'), 'names no picture'],
    'a picture that is missing': [
      image('<layer name="a" src="data/none.png"/>'),
      '"data/none.png" is missing',
    ],
    'a picture outside': [image('<layer name="a" src="../../etc/passwd"/>'), 'leads out of the archive'],
    'a picture that is none': [image('<layer name="a" src="stack.xml"/>'), 'the layer "a"'],
  };

  it.each(Object.entries(cases))('is refused in one sentence: %s', async (_, [xml, said]) => {
    const answer = await openLayered('a.ora', archive(xml), tools);
    expect(answer.ok).toBe(false);
    if (answer.ok) return;
    expect(sentence(answer.fault)).toContain(said);
    expect(sentence(answer.fault)).not.toContain('\n');
  });

  it('that grows a thousand times, holds a link or a name twice is refused before anything is inflated', async () => {
    const bomb = archive(image(layer), [
      { name: 'data/z.png', content: Buffer.alloc(5_000_000), deflate: true },
    ]);
    const twice = archive(image(layer), [{ name: 'data/back.png', content: 'x' }]);
    for (const [bytes, said] of [
      [bomb, 'would grow more than 100 times'],
      [twice, 'twice'],
    ] as const) {
      const answer = await openLayered('a.ora', bytes, tools);
      expect(answer.ok ? '' : answer.fault.message).toContain(said);
    }
  });
});
