/**
 * The edit as a Python script, and the proof of it: the script is run on the very files that were opened, and every sample of what
 * it makes is held against the engine's exact picture. Where they differ it is run again on the pictures as they were decoded here,
 * because Pillow decodes some files a little differently, and that is no fault of the edit.
 */

import type { Document, DocumentId, SourceId } from '../../core/document/document';
import { stepSources } from '../../core/document/step-check';
import type { PictureFile } from '../../core/derive/python/picture-file';
import { pythonScript } from '../../core/derive/python/script';
import type { Engine } from '../../core/node/engine/engine';
import { editedStrips } from '../../core/node/jobs/edited';
import type { FoundPython } from '../../core/node/python/find-python';
import { sourceEntry } from '../../core/node/project/source-files';
import { verifyScript, type Verdict } from '../../core/node/python/verify-script';
import type { Handed, ScriptText, ScriptVerdict } from '../../core/protocol/replay-calls';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { Raster } from '../../core/raster/raster';
import { Cancelled } from '../../core/raster/signal';
import type { DocumentSession } from './document-session';
import type { Encoder } from './exporter';
import { plainName } from './file-names';
import { handOut, type HandOutParts } from './hand-out';
import type { Originals } from './originals';
import type { Decoder, Sources } from './sources';

export interface ScriptParts extends HandOutParts {
  readonly sources: Sources;
  readonly originals: Pick<Originals, 'read'>;
  readonly engine: Pick<Engine, 'render' | 'strips'>;
  readonly codec: Decoder & Encoder;
  readonly findPython: () => Promise<FoundPython | null>;
}

/** A picture as the bytes of a file. */
type Read = (id: SourceId, signal: AbortSignal) => Promise<Result<Uint8Array>>;

export class ScriptDesk {
  readonly #parts: ScriptParts;
  readonly #checks = new Map<DocumentId, AbortController>();

  constructor(parts: ScriptParts) {
    this.#parts = parts;
  }

  /**
   * The script as it is saved: it reads the user's own files where they are known, else what the project file holds, else it looks
   * for the files' names.
   */
  async make(session: DocumentSession): Promise<Result<ScriptText>> {
    const { document } = session;
    const names = namesOf(document);
    const inputs: Record<SourceId, PictureFile> = {};
    const nameless: string[] = [];
    for (const { id, name } of names) {
      const known = this.#parts.sources.find(id)?.path ?? this.#inProject(session, id);
      inputs[id] = known ?? name;
      if (known === null) nameless.push(name);
    }
    const text = pythonScript(document, { inputs, reported: session.state.reported });
    if (!text.ok) return text;
    return succeed({ text: text.value, name: `${plainName(session.name)}.py`, nameless });
  }

  /** The picture's original in the project file; null where that is not on this disk, or was saved before the picture came. */
  #inProject(session: DocumentSession, id: SourceId): PictureFile | null {
    const archive = session.projectWith(id);
    return archive === null ? null : { archive, entry: sourceEntry(session.document.sources[id]) };
  }

  async save(session: DocumentSession): Promise<Result<Handed>> {
    const made = await this.make(session);
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
    const { engine, originals } = this.#parts;
    const wanted = await engine.render(
      { document, level: 0, exact: true, region: null, format: 'export' },
      signal,
    );
    if (!wanted.ok) return wanted;
    const { raster } = wanted.value;
    const all = raster.data.length;
    const first = await this.#run(document, raster, (id) => originals.read(id), signal);
    if (!first.ok) return first;
    if (first.value.kind === 'identical') return succeed({ kind: 'identical', samples: all, decoding: null });
    if (first.value.kind === 'unverified') return succeed(first.value);
    const decoded: Read = (id) => this.#decoded(document, id, signal);
    const second = await this.#run(document, raster, decoded, signal);
    if (!second.ok || second.value.kind !== 'identical') return succeed(first.value);
    const { samples, largest } = first.value;
    return succeed({ kind: 'identical', samples: all, decoding: { samples, largest } });
  }

  async #run(document: Document, wanted: Raster, read: Read, signal: AbortSignal): Promise<Result<Verdict>> {
    const { codec, findPython } = this.#parts;
    const names = namesOf(document);
    const script = pythonScript(document, {
      inputs: Object.fromEntries(names.map(({ id, name }) => [id, name])),
    });
    if (!script.ok) return script;
    const python = await findPython();
    const inputs = new Map<string, Uint8Array>();
    for (const { id, name } of python === null ? [] : names) {
      const bytes = await read(id, signal);
      if (!bytes.ok) return fail(bytes.fault.code, `${name}: ${bytes.fault.message}`, bytes.fault.remedy);
      inputs.set(name, bytes.value);
    }
    return succeed(await verifyScript({ python, script: script.value, inputs, wanted }, { codec, signal }));
  }

  /** The picture as it was decoded, without loss. */
  async #decoded(document: Document, id: SourceId, signal: AbortSignal): Promise<Result<Uint8Array>> {
    const { engine, codec } = this.#parts;
    const nothing = { source: document.sources[id], steps: [], seconds: new Map<string, never>() };
    const rendered = await editedStrips(engine, nothing, signal);
    if (!rendered.ok) return rendered;
    const options = { format: 'png', metadata: 'none', profile: 'none' } as const;
    return codec.encode(rendered.value, null, options, signal);
  }
}

/** A file name for every picture that the document shows or blends in; no two are alike. */
function namesOf(document: Document): readonly { readonly id: SourceId; readonly name: string }[] {
  const steps = [...document.layers.flatMap(({ stack }) => stack), ...document.canvas];
  const used = new Set([...document.layers.map(({ source }) => source), ...steps.flatMap(stepSources)]);
  const taken = new Set<string>();
  return [...used].map((id) => {
    const wished = document.sources[id].name;
    let name = wished;
    for (let number = 2; taken.has(name.toLowerCase()); number++)
      name = wished.replace(/(\.[^.]*)?$/, (ending) => ` ${number}${ending}`);
    taken.add(name.toLowerCase());
    return { id, name };
  });
}
