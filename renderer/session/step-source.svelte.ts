/**
 * Where steps come from when they are applied elsewhere: a layer of an open document, or a recipe in a file. A recipe's second
 * pictures are paths that the page may not open; the user chooses a file for each.
 */

import { recipeSources } from '../../core/document/recipe';
import { withMaskSources } from '../../core/document/mask';
import { sourceParameters, stepSources, type Application } from '../../core/document/step-check';
import type { Kept } from '../../core/operation/operation';
import type { DocumentId, LayerId, Source, Step, StepId } from '../../core/document/document';
import type { Fault } from '../../core/raster/fault';
import { newId } from './new-id';
import type { OpenDocument } from './open-document.svelte';
import type { Session } from './session.svelte';
import { measures, StepChoice, stepsOfLayer, stepsOfRecipe } from './step-choice.svelte';

/** A layer that has steps, for the list to choose from. */
export interface LayerOption {
  readonly key: string;
  readonly label: string;
}

export interface Taken {
  readonly steps: readonly Step[];
  readonly sources: readonly Source[];
}

export const FROM_FILE = 'file';

export class StepSource {
  readonly steps = new StepChoice();
  /** A layer's key, or `FROM_FILE`. */
  from = $state<string>(FROM_FILE);
  /** The recipe's name; empty while none was read. */
  recipe = $state('');
  fault = $state.raw<Fault | null>(null);
  reading = $state(false);
  #seconds = $state.raw<Readonly<Record<string, Source>>>({});
  readonly #session: Session;
  readonly #options: readonly LayerOption[];

  /** Paths of second pictures of the ticked steps, as the recipe names them. */
  readonly wanted: readonly string[] = $derived.by(() => {
    if (this.from !== FROM_FILE) return [];
    return recipeSources({ operations: this.steps.ticked.map(({ step }) => step) });
  });
  /** Whether measured numbers could go along: those of a recipe that has some, or what a layer's steps measured. */
  readonly canKeep: boolean = $derived.by(() =>
    this.steps.ticked.some(({ step }) => (this.from === FROM_FILE ? step.measured !== null : measures(step))),
  );
  readonly ready: boolean = $derived.by(
    () => this.steps.ticked.length > 0 && this.wanted.every((path) => this.#seconds[path] !== undefined),
  );

  /** Offers every layer with steps, but for the one that `without` names; begins with the first, or `first`. */
  constructor(session: Session, first: string | null, without: string | null) {
    this.#session = session;
    this.#options = layersWithSteps(session).filter(({ key }) => key !== without);
    const start = this.#options.find(({ key }) => key === first) ?? this.#options.at(0);
    this.choose(start?.key ?? FROM_FILE);
  }

  get options(): readonly LayerOption[] {
    return [...this.#options, { key: FROM_FILE, label: 'A recipe file' }];
  }

  choose(from: string): void {
    this.from = from;
    this.fault = null;
    this.recipe = '';
    const found = from === FROM_FILE ? null : findLayer(this.#session, from);
    this.steps.offer(found === null ? [] : stepsOfLayer(found.document.document, found.layer));
  }

  /** What the history calls what was applied. */
  get name(): string {
    if (this.from === FROM_FILE) return this.recipe;
    const found = findLayer(this.#session, this.from);
    return found === null ? '' : `steps of ${found.document.document.name}`;
  }

  async read(): Promise<void> {
    const { files } = await this.#session.chooser.ask('recipe');
    const [file] = files;
    if (file === undefined) return;
    this.fault = null;
    this.reading = true;
    const handle = await this.#session.openings.hand(file);
    const answer = handle.ok
      ? await this.#session.connection.call('recipe.read', { file: handle.value })
      : handle;
    this.reading = false;
    this.#seconds = {};
    if (!answer.ok) {
      this.fault = answer.fault;
      this.recipe = '';
      this.steps.offer([]);
      return;
    }
    this.recipe = answer.value.name;
    this.steps.offer(stepsOfRecipe(answer.value.operations));
    if (answer.value.operations.length === 0)
      this.fault = { code: 'bad-recipe', message: 'the recipe has no operations', remedy: '' };
  }

  secondFor(path: string): Source | undefined {
    return this.#seconds[path];
  }

  /** Asks for the file of a second picture and opens it for a document. */
  async chooseSecond(path: string, document: OpenDocument): Promise<void> {
    const { files } = await this.#session.chooser.ask('picture');
    const [file] = files;
    if (file === undefined) return;
    this.fault = null;
    const handle = await this.#session.openings.hand(file);
    const answer = handle.ok
      ? await this.#session.connection.call('source.open', { document: document.id, file: handle.value })
      : handle;
    if (answer.ok) this.#seconds = { ...this.#seconds, [path]: answer.value.source };
    else this.fault = answer.fault;
  }

  /** The ticked steps with ids of their own, and the pictures that they blend in; null where a fault says why not. */
  async taken(): Promise<Taken | null> {
    this.fault = null;
    const measured = await this.#measured();
    if (measured === null) return null;
    const known = this.#known();
    const steps = this.steps.ticked.map(({ id, step }): Step => {
      const numbers = this.steps.keep ? (step.measured ?? measured[id] ?? null) : null;
      return { ...withSources(step, known), measured: numbers, id: newId() };
    });
    const used = steps.flatMap(stepSources);
    return { steps, sources: Object.values(known).filter(({ id }) => used.includes(id)) };
  }

  /** What a layer's steps measured, where it is to be kept. Null where it could not be had. */
  async #measured(): Promise<Readonly<Record<StepId, Kept>> | null> {
    const found = findLayer(this.#session, this.from);
    if (found === null || !this.steps.keep || !this.canKeep) return {};
    const answer = await this.#session.connection.call('recipe.measured', {
      document: found.document.id,
      layer: found.layer.id,
      steps: this.steps.ticked.map(({ id }) => id),
    });
    if (answer.ok) return answer.value.measured;
    this.fault = answer.fault;
    return null;
  }

  /** Second pictures by what the steps call them. */
  #known(): Readonly<Record<string, Source>> {
    if (this.from === FROM_FILE) return this.#seconds;
    return findLayer(this.#session, this.from)?.document.document.sources ?? {};
  }
}

export function keyOfLayer(document: DocumentId, layer: LayerId): string {
  return `${document}/${layer}`;
}

function layersWithSteps(session: Session): readonly LayerOption[] {
  return session.documents.flatMap(({ id, document }) =>
    document.layers.toReversed().flatMap((layer) => {
      if (layer.stack.length + document.canvas.length === 0) return [];
      return [{ key: keyOfLayer(id, layer.id), label: `${document.name}, ${layer.name}` }];
    }),
  );
}

function findLayer(session: Session, key: string) {
  for (const document of session.documents) {
    const layer = document.document.layers.find(({ id }) => keyOfLayer(document.id, id) === key);
    if (layer !== undefined) return { document, layer };
  }
  return null;
}

function withSources(given: Application, known: Readonly<Record<string, Source>>): Application {
  const rename = (source: string): string => known[source]?.id ?? source;
  const step = given.mask === null ? given : { ...given, mask: withMaskSources(given.mask, rename) };
  const renamed = sourceParameters(step).map(([name, source]) => [name, rename(source)]);
  if (renamed.length === 0) return step;
  return { ...step, params: { ...step.params, ...Object.fromEntries(renamed) } };
}
