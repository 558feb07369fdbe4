/**
 * An engine that is started when it is first needed, or when there is time for it: threads that load take the processors from
 * whatever else is on its way, and a picture that is to be decoded first should be under way before.
 */

import { startEngine, type Engine } from './engine';
import type { EngineOptions } from './engine-options';

export interface LaterEngine extends Pick<
  Engine,
  'createPicture' | 'addSource' | 'addFile' | 'dropSource' | 'lend' | 'render' | 'strips'
> {
  /** Starts it, if nothing has needed it yet. */
  start(): void;
  /** Ends it, if it was started; it is not started any more. */
  close(): Promise<void>;
}

export function engineLater(options: EngineOptions = {}): LaterEngine {
  let started: Engine | null = null;
  let closed = false;
  const engine = (): Engine => {
    if (closed) throw new Error('the engine is closed');
    return (started ??= startEngine(options));
  };
  return {
    start: () => {
      if (!closed) engine();
    },
    createPicture: (shape) => engine().createPicture(shape),
    addSource: (id, raster) => engine().addSource(id, raster),
    addFile: (id, picture) => engine().addFile(id, picture),
    dropSource: (id) => started?.dropSource(id),
    lend: (request, use, signal) => engine().lend(request, use, signal),
    render: (request, signal) => engine().render(request, signal),
    strips: (document, signal) => engine().strips(document, signal),
    close: async () => {
      closed = true;
      await started?.close();
    },
  };
}
