/** Recipes out of open documents, and recipes that the user brings. Second pictures are told by their paths, as far as they are known. */

import { layerOf, type Document, type LayerId, type Step, type StepId } from '../../core/document/document';
import { recipeFromSteps, recipeToText, type Measurements } from '../../core/document/recipe';
import { recipeFromText } from '../../core/document/recipe-reading';
import { wholeOf } from '../../core/node/files/bytes-elsewhere';
import type { Engine } from '../../core/node/engine/engine';
import type { Kept } from '../../core/operation/operation';
import type { Handed, ReplayAnswers } from '../../core/protocol/replay-calls';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { DocumentSession } from './document-session';
import { plainName } from './file-names';
import type { FileHandle, Files } from './files';
import { handOut, type HandOutParts } from './hand-out';
import type { Sources } from './sources';

export interface RecipeParts extends HandOutParts {
  readonly sources: Sources;
  readonly files: Files;
  readonly engine: Pick<Engine, 'render'>;
}

export interface Chosen {
  readonly layer: LayerId;
  readonly steps: readonly StepId[];
}

const ONE_PIXEL = { x: 0, y: 0, width: 1, height: 1 };

export class RecipeDesk {
  readonly #parts: RecipeParts;

  constructor(parts: RecipeParts) {
    this.#parts = parts;
  }

  /** The chosen steps of a layer and of the canvas, in their order, as the text of a recipe. */
  async text(session: DocumentSession, chosen: Chosen, keep: boolean): Promise<Result<string>> {
    const { document } = session;
    const steps = chosenSteps(document, chosen);
    if (!steps.ok) return steps;
    const measurements = keep ? await this.#measurements(document) : succeed(null);
    if (!measurements.ok) return measurements;
    const pathOf = (id: string): string =>
      this.#parts.sources.find(id)?.path ?? document.sources[id]?.name ?? id;
    const taken = keep ? steps.value : steps.value.map((step) => ({ ...step, measured: null }));
    return succeed(recipeToText(recipeFromSteps(taken, pathOf, measurements.value)));
  }

  async save(session: DocumentSession, chosen: Chosen, keep: boolean, name: string): Promise<Result<Handed>> {
    const text = await this.text(session, chosen, keep);
    if (!text.ok) return text;
    // A slash in what was typed names no folder.
    const stem = name
      .trim()
      .replace(/\.json$/i, '')
      .replace(/[/\\]/g, '_');
    return handOut(this.#parts, `${plainName(`${stem}.json`)}.json`, 'recipe', text.value);
  }

  async measured(session: DocumentSession, chosen: Chosen): Promise<Result<Record<StepId, Kept>>> {
    const { document } = session;
    const steps = chosenSteps(document, chosen);
    if (!steps.ok) return steps;
    const measurements = await this.#measurements(document);
    if (!measurements.ok) return measurements;
    const { operations } = recipeFromSteps(steps.value, (id) => id, measurements.value);
    const kept = operations.flatMap(({ measured }, at) =>
      measured === null ? [] : [[steps.value[at].id, measured] as const],
    );
    return succeed(Object.fromEntries(kept));
  }

  /** Rendering a pixel tells what all steps measure, as the document is now; what is known already is not measured again. */
  async #measurements(document: Document): Promise<Result<Measurements>> {
    const rendered = await this.#parts.engine.render({
      document,
      level: 0,
      exact: true,
      region: ONE_PIXEL,
      format: 'export',
    });
    if (!rendered.ok) return rendered;
    return succeed({ reported: rendered.value.reported, depth: document.depth });
  }

  /** The fault begins with the file's name, then the place in it. */
  async read(file: FileHandle): Promise<Result<ReplayAnswers['recipe.read']>> {
    return this.#parts.files.using(file, async ({ name, bytes }) => {
      const recipe = recipeFromText(new TextDecoder().decode(await wholeOf(bytes)));
      if (!recipe.ok) return fail(recipe.fault.code, `${name}: ${recipe.fault.message}`, recipe.fault.remedy);
      return succeed({ name: name.replace(/\.json$/i, ''), operations: recipe.value.operations });
    });
  }
}

function chosenSteps(document: Document, chosen: Chosen): Result<readonly Step[]> {
  const layer = layerOf(document, chosen.layer);
  if (layer === undefined) return fail('not-found', 'this layer is gone', 'choose another');
  const wanted = new Set(chosen.steps);
  const steps = [...layer.stack, ...document.canvas].filter(({ id }) => wanted.has(id));
  return steps.length < wanted.size
    ? fail('not-found', 'a chosen step is gone', 'choose again')
    : succeed(steps);
}
