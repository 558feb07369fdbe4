/** A host with the real engine and the real codec, a data folder of its own, and pages that are plain objects. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { startCodec, type Codec } from '../../../core/node/codec/codec';
import { startEngine, type Engine } from '../../../core/node/engine/engine';
import type {
  Answers,
  CallName,
  DocumentState,
  Event,
  EventName,
  Events,
  Payload,
} from '../../../core/protocol/contract';
import { changed } from '../../../core/protocol/document-change';
import type { Result } from '../../../core/raster/fault';
import { sentence } from '../../../core/raster/fault';
import { startHost, type Host, type HostParts } from '../../../electron/host/host';
import type { Connected } from '../../../electron/host/client';

export interface RealHost {
  readonly host: Host;
  readonly engine: Engine;
  readonly codec: Codec;
  readonly folder: string;
  readonly complaints: unknown[];
  page(): TestPage;
  stop(): Promise<void>;
}

export async function startRealHost(different: Partial<HostParts> = {}): Promise<RealHost> {
  const folder = await mkdtemp(join(tmpdir(), 'burnish-host-'));
  const engine = startEngine({ workers: 2 });
  const codec = startCodec({ processes: 1 });
  const complaints: unknown[] = [];
  const host = await startHost({
    engine,
    codec,
    folder: join(folder, 'data'),
    shell: 'browser',
    version: '0.0.0',
    dialogs: null,
    complain: (error) => complaints.push(error),
    ...different,
  });
  return {
    host,
    engine,
    codec,
    folder,
    complaints,
    page: () => new TestPage(host),
    stop: async () => {
      await host.close();
      await Promise.all([engine.close(), codec.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export class TestPage {
  readonly events: Event[] = [];
  readonly line: Connected;
  readonly #host: Host;
  readonly #waiting = new Set<() => void>();
  readonly #states = new Map<string, DocumentState>();
  #generation = 0;

  constructor(host: Host) {
    this.#host = host;
    this.line = host.connect({
      send: (event) => {
        this.events.push(this.#whole(structuredClone(event)));
        for (const look of this.#waiting) look();
      },
    });
  }

  /** A change as the state that it makes of what was told before, as a page puts it together. */
  #whole(event: Event): Event {
    if (event.event === 'document.edited') {
      const { id } = event.data.document;
      const stood = this.#states.get(id);
      const state = stood && changed(stood, event.data);
      if (!state) return event;
      this.#states.set(id, state);
      return { event: 'document.changed', data: state };
    }
    if (event.event === 'document.changed') this.#states.set(event.data.document.id, event.data);
    return event;
  }

  get generation(): number {
    return this.#generation;
  }

  next(): number {
    return ++this.#generation;
  }

  async ask<N extends CallName>(name: N, payload: Payload<N>): Promise<Result<Answers[N]>> {
    const answer = (await this.line.handle(name, payload)) as Result<Answers[N]>;
    if (answer.ok && 'documents' in answer.value)
      for (const state of answer.value.documents) this.#states.set(state.document.id, state);
    return answer;
  }

  /** The answer, or a failing test that says why there is none. */
  async call<N extends CallName>(name: N, payload: Payload<N>): Promise<Answers[N]> {
    const answer = await this.ask(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${sentence(answer.fault)}`);
    return answer.value;
  }

  /** The first event of this name, from the `from`th event on, that `accept` accepts. */
  event<N extends EventName>(
    name: N,
    accept: (data: Events[N]) => boolean = () => true,
    from = 0,
  ): Promise<Events[N]> {
    return new Promise((done, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`no ${name} came, but ${this.events.map(({ event }) => event).join(' ')}`));
      }, 20_000);
      const look = (): void => {
        const found = this.events
          .slice(from)
          .flatMap(({ event, data }) => (event === name ? [data as Events[N]] : []))
          .find(accept);
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        done(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The exact frame of at least this generation. */
  settled(
    generation = this.#generation,
    which: 'after' | 'before' = 'after',
  ): Promise<Events['frame.ready']> {
    return this.event(
      'frame.ready',
      (frame) => frame.exact && frame.which === which && frame.generation >= generation,
    );
  }

  async pixels(key: string): Promise<Uint8Array> {
    const response = await this.#host.resources(new Request(`http://host/frames/${key}`));
    if (!response.ok) throw new Error(`frames/${key}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async upload(bytes: Uint8Array, name: string): Promise<string> {
    const body = new Uint8Array(bytes);
    const address = `http://host/uploads?name=${encodeURIComponent(name)}`;
    const response = await this.#host.resources(new Request(address, { method: 'POST', body }));
    const answer = (await response.json()) as Result<{ readonly handle: string }>;
    if (!answer.ok) throw new Error(sentence(answer.fault));
    return answer.value.handle;
  }

  /** Opens bytes as a document and gives its state. */
  async open(bytes: Uint8Array, name: string): Promise<DocumentState> {
    const file = await this.upload(bytes, name);
    const from = this.events.length;
    const { document } = await this.call('document.open', { file });
    return this.event('document.changed', (state) => state.document.id === document, from);
  }

  /** Looks at the whole picture, `zoom` device pixels a picture pixel. */
  look(
    state: DocumentState,
    zoom = 1,
    show: 'after' | 'before' | 'both' = 'after',
  ): Promise<Answers['view.set']> {
    const width = Math.max(1, Math.round(state.size.width * zoom));
    const height = Math.max(1, Math.round(state.size.height * zoom));
    return this.call('view.set', {
      document: state.document.id,
      generation: this.next(),
      width,
      height,
      zoom,
      x: 0,
      y: 0,
      show,
    });
  }
}

/** A PNG with a gradient, so that no two places are alike. */
export async function gradientPng(width: number, height: number): Promise<Buffer> {
  return sharp(gradient(width, height), { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** The samples of that picture. */
export function gradient(width: number, height: number): Uint8Array {
  const samples = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      samples.set([(x * 255) / width, (y * 255) / height, (x * 7 + y * 13) & 255], (y * width + x) * 3);
    }
  }
  return samples;
}

export async function writePng(folder: string, name: string, width = 64, height = 48): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, await gradientPng(width, height));
  return path;
}
