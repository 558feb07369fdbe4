/** Burnish as a contestant: its engine with one or two workers, from pictures in memory to the exported picture in memory. */

import { answerQuestions } from './answering.mjs';

/** @type {typeof import('./engine')} */
const { startEngine, documentOf } = await import(process.argv[2]);

/** @type {Map<number, import('./engine').Engine>} */
const engines = new Map();

/** @param {number} threads @param {readonly import('./answering.mjs').Picture[]} pictures */
function engineFor(threads, pictures) {
  const engine = engines.get(threads) ?? startEngine({ workers: threads });
  engines.set(threads, engine);
  for (const { file, width, height, channels, data } of pictures) {
    if (engine.hasSource(file)) continue;
    // As the program opens pictures.
    const picture = engine.createPicture({ width, height, channels, depth: 8 });
    picture.data.set(data);
    engine.addSource(file, picture);
  }
  return engine;
}

/** The document of a case. @param {import('./cases.mjs').Case} asked @param {readonly import('./answering.mjs').Picture[]} pictures */
function documentFor({ layers = ['normal'], steps = [] }, pictures) {
  return documentOf(
    pictures.map((picture) => ({ ...picture, id: picture.file, depth: 8 })),
    layers.map((mode) => /** @type {import('./engine').PlainLayer} */ ({ mode, steps })),
  );
}

await answerQuestions(
  { versions: {}, can: {}, threaded: ['Burnish'] },
  async ({ case: asked, threads }, pictures) => {
    const engine = engineFor(threads, pictures);
    const level = asked.preview ?? 0;
    const ways = { level, exact: level === 0, format: /** @type {const} */ ('export') };
    const request = { document: documentFor(asked, pictures), region: null, ...ways };
    // A pixel, so that the workers have started.
    await engine.render({
      ...request,
      document: documentFor({ name: '' }, pictures.slice(0, 1)),
      region: { x: 0, y: 0, width: 1, height: 1 },
    });
    /** @type {Uint8Array | undefined} the samples of the first run, by which the pictures are compared */
    let first;
    return {
      // A second run must not find what the first one left.
      between: () => engine.forgetEverything(),
      async run() {
        const rendered = await engine.lend(request, async ({ raster }) => {
          first ??= Uint8Array.from(raster.data);
        });
        if (!rendered.ok) throw new Error(rendered.fault.message);
        return first;
      },
      samples: (/** @type {Uint8Array} */ samples) => samples,
    };
  },
);
