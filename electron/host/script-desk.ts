/**
 * The edit as a Python script, and the proof of it: the script is run on the very pictures that are open, and every sample of what
 * it makes is held against the engine's exact picture.
 */

import type { Document, DocumentId, SourceId } from '../../core/document/document';
import { stepSources } from '../../core/document/step-check';
import { pythonScript } from '../../core/derive/python/script';
import type { Engine } from '../../core/node/engine/engine';
import { renderEdited } from '../../core/node/jobs/edited';
import type { ScriptCheck } from './script-check';
import type { Handed, ScriptText, ScriptVerdict } from '../../core/protocol/replay-calls';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { Cancelled } from '../../core/raster/signal';
import type { DocumentSession } from './document-session';
import { safeStem, type Encoder } from './exporter';
import { handOut, type HandOutParts } from './hand-out';
import type { Sources } from './sources';

export interface ScriptParts extends HandOutParts {
  readonly sources: Sources;
  readonly engine: Pick<Engine, 'render'>;
  readonly encoder: Encoder;
  readonly check: ScriptCheck | null;
}

export class ScriptDesk {
  readonly #parts: ScriptParts;
  readonly #checks = new Map<DocumentId, AbortController>();

  constructor(parts: ScriptParts) {
    this.#parts = parts;
  }

  /** The script as it is saved: it names the user's own files where they are known, else the files' names alone. */
  make(session: DocumentSession): Result<ScriptText> {
    const { document } = session;
    const names = namesOf(document);
    const pathOf = (id: SourceId): string | null => this.#parts.sources.find(id)?.path ?? null;
    const inputs = mapValues(names, (name, id) => pathOf(id) ?? name);
    const text = pythonScript(document, { inputs, reported: session.state.reported });
    if (!text.ok) return text;
    const stem = safeStem(document.name.replace(/(?<=.)\.[^.]*$/, ''), 'picture');
    const nameless = Object.entries(names).flatMap(([id, name]) => (pathOf(id) === null ? [name] : []));
    return succeed({ text: text.value, name: `${stem}.py`, nameless });
  }

  async save(session: DocumentSession): Promise<Result<Handed>> {
    const made = this.make(session);
    return made.ok ? handOut(this.#parts, made.value.name, 'script', made.value.text) : made;
  }

  /** A newer check of the same document ends the one before. */
  async verify(session: DocumentSession): Promise<Result<ScriptVerdict>> {
    this.cancel(session.id);
    const stop = new AbortController();
    this.#checks.set(session.id, stop);
    try {
      return await this.#verify(session.document, stop.signal);
    } catch (error) {
      if (error instanceof Cancelled || stop.signal.aborted) return fail('refused', 'cancelled');
      throw error;
    } finally {
      if (this.#checks.get(session.id) === stop) this.#checks.delete(session.id);
    }
  }

  cancel(id: DocumentId): void {
    this.#checks.get(id)?.abort();
  }

  close(): void {
    for (const stop of this.#checks.values()) stop.abort();
  }

  async #verify(document: Document, signal: AbortSignal): Promise<Result<ScriptVerdict>> {
    const { engine, check } = this.#parts;
    const python = (await check?.find()) ?? null;
    if (check === null || python === null) {
      const reason = 'no Python with numpy, scipy and Pillow was found';
      return succeed({ kind: 'unverified', reason });
    }
    const names = namesOf(document);
    const script = pythonScript(document, { inputs: names });
    if (!script.ok) return script;
    const wanted = await engine.render(
      { document, level: 0, exact: true, region: null, format: 'export' },
      signal,
    );
    if (!wanted.ok) return wanted;
    const inputs = new Map<string, Uint8Array>();
    for (const [id, name] of Object.entries(names)) {
      const bytes = await this.#decoded(document, id, signal);
      if (!bytes.ok) return bytes;
      inputs.set(name, bytes.value);
    }
    const verdict = await check.run(
      { python, script: script.value, inputs, wanted: wanted.value.raster },
      signal,
    );
    if (signal.aborted) throw new Cancelled();
    return succeed(verdict);
  }

  /** The picture as it was decoded, without loss: so what is compared is the edit, and not two decoders. */
  async #decoded(document: Document, id: SourceId, signal: AbortSignal): Promise<Result<Uint8Array>> {
    const source = document.sources[id];
    const nothing = { source, steps: [], seconds: new Map<string, never>() };
    const rendered = await renderEdited(this.#parts.engine, nothing, signal);
    if (!rendered.ok) return rendered;
    const options = { format: 'png', metadata: 'none', profile: 'none' } as const;
    return this.#parts.encoder.encode(rendered.value.raster, null, options, signal);
  }
}

/** A file name for every picture that the document shows or blends in; no two are alike. */
function namesOf(document: Document): Readonly<Record<SourceId, string>> {
  const steps = [...document.layers.flatMap(({ stack }) => stack), ...document.canvas];
  const used = new Set([...document.layers.map(({ source }) => source), ...steps.flatMap(stepSources)]);
  const taken = new Set<string>();
  const names: Record<SourceId, string> = {};
  for (const id of used) {
    const wished = document.sources[id].name;
    let name = wished;
    for (let number = 2; taken.has(name.toLowerCase()); number++)
      name = wished.replace(/(\.[^.]*)?$/, (ending) => ` ${number}${ending}`);
    taken.add(name.toLowerCase());
    names[id] = name;
  }
  return names;
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
