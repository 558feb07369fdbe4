/**
 * A document as one stand-alone Python file: it reads the originals, carries out every layer's steps, composes the layers and
 * writes a PNG. It needs numpy, scipy and Pillow, and holds only those functions that the edit uses, one an operation.
 */

import type { BlendMode } from '../../colour/blend-mode';
import type { Document, Layer, SourceId, Step } from '../../document/document';
import { inOneLine } from '../../document/naming';
import { findOperation } from '../../document/step-check';
import { checkValues } from '../../operation/check';
import type { Reported } from '../../operation/operation';
import { succeed, type Result } from '../../raster/fault';
import { colourChannelsOf, hasAlpha } from '../../raster/raster';
import { inComment, pythonLiteral, pythonText } from './literal';
import { importsOf, withNeeds, type PythonPart } from './part';
import { compose, modesPart, withoutNeedlessAlpha } from './parts/compose';
import { readImage, readImageIn, writePng } from './parts/files';
import { fileLiteral, isArchived, type PictureFile } from './picture-file';
import { toDepth } from './parts/samples';
import { stackLines, type StackContext } from './steps';

export interface ScriptOptions {
  /** Where the document's sources lie, by source; null for a picture that is named when the script runs. */
  readonly inputs: Readonly<Record<SourceId, PictureFile | null>>;
  /** What steps reported about the picture they met, by step; mentioned in comments, never used. */
  readonly reported?: Readonly<Record<string, Reported>>;
}

/** The body of `edit`, and what it calls. */
interface Edit {
  readonly lines: readonly string[];
  readonly needs: readonly PythonPart[];
  /** In the order in which `edit` takes them. */
  readonly sources: readonly SourceId[];
}

/** With pictures that lie in archives, each of those is a pair of the archive and the name in it. */
export function mainText(archived: boolean): string {
  const name = archived ? 'pictures[0] if isinstance(pictures[0], str) else pictures[0][0]' : 'pictures[0]';
  const read = archived
    ? 'read_image(each) if isinstance(each, str) else read_image_in(*each)'
    : 'read_image(each)';
  return `def main():
    given = sys.argv[1:]
    pictures = [given[0], *PICTURES[1:]] if given and given[0] else PICTURES
    if pictures[0] is None:
        sys.exit(f"usage: python3 {sys.argv[0]} INPUT [OUTPUT]")
    name = ${name}
    output = given[1] if len(given) > 1 else Path(name).stem + "-burnish.png"
    # A branch that is not taken may divide by zero.
    with np.errstate(all="ignore"):
        image = edit(*(${read} for each in pictures))
    written = write_png(output, image)
    samples_in_file = image.astype(image.dtype.newbyteorder(">")).tobytes()
    height, width, channels = image.shape
    print(f"{output}: {width} x {height}, {channels} channels, {image.itemsize * 8} bit")
    print("SHA-256 of the file:   ", hashlib.sha256(written).hexdigest())
    print("SHA-256 of the samples:", hashlib.sha256(samples_in_file).hexdigest())


if __name__ == "__main__":
    main()`;
}

/**
 * The script's text. `inputs` names a file for every source that the document uses. The fault names the operation that cannot
 * be written as Python.
 */
export function pythonScript(document: Document, options: ScriptOptions): Result<string> {
  const context: StackContext = {
    fileOf: (source) => options.inputs[source] ?? source,
    reported: options.reported ?? {},
  };
  const edited = isSimple(document) ? simpleEdit(document, context) : layeredEdit(document, context);
  if (!edited.ok) return edited;
  const { lines, needs, sources } = edited.value;
  const modes = modesOf(document);
  // First what the edit is made of, then the edit, then files: what a reader looks for comes first.
  const steps = withNeeds([...(modes.size === 0 ? [] : [modesPart(modes)]), ...needs]);
  const known = new Set(steps.map(({ name }) => name));
  const archived = Object.values(options.inputs).some(isArchived);
  const readers = archived ? [readImage, readImageIn] : [readImage];
  const files = withNeeds([...readers, writePng]).filter(({ name }) => !known.has(name));
  const pictures = `PICTURES = [${sources.map((source) => fileLiteral(options.inputs[source] ?? null)).join(', ')}]`;
  const body = lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n');
  const edit = `def edit(${sources.map((_, at) => pictureName(at)).join(', ')}):\n${body}`;
  const texts = [
    ...steps.map(({ text }) => text),
    edit,
    ...files.map(({ text }) => text),
    mainText(archived),
  ];
  const caveats = steps.flatMap(({ caveat }) => caveat ?? []);
  const head = [headerOf(document, sources, options, caveats), importsOf(texts.join('\n')), pictures].join(
    '\n\n',
  );
  return succeed(`${[head, ...texts].join('\n\n\n')}\n`);
}

/** The first picture is `image`, on which a single stack works. */
function pictureName(at: number): string {
  return at === 0 ? 'image' : `picture_${at + 1}`;
}

/** One layer whose result is the picture. */
function isSimple({ layers, frame }: Document): boolean {
  return layers.length === 1 && frame === null && isAsItIs(layers[0]);
}

function isAsItIs({ visible, opacity, mode }: Layer): boolean {
  return visible && opacity === 1 && mode === 'normal';
}

function convertsDepth(document: Document, source: SourceId): boolean {
  return document.sources[source]?.depth !== document.depth;
}

function simpleEdit(document: Document, context: StackContext): Result<Edit> {
  const [layer] = document.layers;
  const stack = stackLines([...layer.stack, ...document.canvas], context);
  if (!stack.ok) return stack;
  const converts = convertsDepth(document, layer.source);
  const first = converts ? [`image = to_depth(image, ${document.depth})`] : [];
  const lines = [...first, ...stack.value.lines, 'return image'];
  while (lines[0] === '') lines.shift();
  return succeed({
    lines,
    needs: [...(converts ? [toDepth] : []), ...stack.value.needs],
    sources: [layer.source],
  });
}

/** Layers from the bottom up, the composite, and the steps on it. */
function layeredEdit(document: Document, context: StackContext): Result<Edit> {
  const sources = [...new Set(document.layers.map((layer) => layer.source))];
  const needs: PythonPart[] = [toDepth, compose, withoutNeedlessAlpha];
  const names = sources.map((_, at) => pictureName(at)).join(', ');
  const lines: string[] = [`pictures = [${names}]`, 'layers = []'];
  const alone = document.layers.length === 1;
  for (const layer of document.layers) {
    const { visible, opacity, mode } = layer;
    const title = `Layer "${inComment(inOneLine(layer.name))}"`.replaceAll('”', '"');
    if (!visible && !alone) {
      lines.push('', `# ${title} is hidden.`);
      continue;
    }
    const stack = stackLines(layer.stack, context);
    if (!stack.ok) return stack;
    needs.push(...stack.value.needs);
    lines.push(
      '',
      `# ${title}: ${mode}, opacity ${opacity}${visible ? '' : '; hidden, but its size is the canvas'}`,
    );
    lines.push(
      `image = to_depth(pictures[${sources.indexOf(layer.source)}], ${document.depth})`,
      ...stack.value.lines,
    );
    if (visible) lines.push(`layers.append((image, ${pythonText(mode)}, ${opacity}))`);
  }
  const size =
    document.frame === null
      ? 'width=image.shape[1], height=image.shape[0]'
      : `width=${document.frame.width}, height=${document.frame.height}`;
  const layout = [colourChannelsOf(document) === 3, hasAlpha(document)].map(pythonLiteral);
  const [colour, alpha] = layout;
  lines.push('', '# The canvas.');
  lines.push(`image = compose(layers, ${size}, depth=${document.depth}, colour=${colour}, alpha=${alpha})`);
  const canvas = stackLines(document.canvas, context);
  if (!canvas.ok) return canvas;
  lines.push(
    ...canvas.value.lines,
    hasAlpha(document) ? 'return image' : 'return without_needless_alpha(image)',
  );
  return succeed({ lines, needs: [...needs, ...canvas.value.needs], sources });
}

/** The blend modes of layers and of blend steps, and `normal`, in which every composition begins. */
function modesOf(document: Document): ReadonlySet<BlendMode> {
  const modes = new Set<BlendMode>();
  if (!isSimple(document)) for (const { mode } of document.layers) modes.add(mode);
  const steps: readonly Step[] = [...document.layers.flatMap(({ stack }) => stack), ...document.canvas];
  for (const step of steps) {
    const operation = findOperation(step.operation);
    if (!operation.ok || operation.value.kind !== 'blend') continue;
    const values = checkValues(operation.value, step.params, null);
    if (values.ok) modes.add(operation.value.mode(values.value)).add('normal');
  }
  return modes;
}

function headerOf(
  document: Document,
  sources: readonly SourceId[],
  { inputs }: ScriptOptions,
  caveats: readonly string[],
): string {
  const known = sources.flatMap((source) => (inputs[source] === null ? [] : [document.sources[source]]));
  const name = known.length === 0 ? 'A picture' : inComment(inOneLine(document.name));
  const profiles = known.some((source) => source?.profile !== null) || known.length === 0;
  return [
    '#!/usr/bin/env python3',
    `"""${name}, edited in Burnish, as a script of its own.`,
    '',
    'Usage: python3 FILE.py [INPUT [OUTPUT]]    INPUT stands in for the first picture',
    '',
    'Needs numpy, scipy and Pillow. From the same decoded samples it makes the same samples as Burnish: everything is',
    'computed in float64 and rounded once a step, half up. What is measured of a whole picture is measured anew.',
    'PNG gives the same samples everywhere, JPEG where Pillow decodes by libjpeg-turbo, as it usually does; other lossy',
    'formats may differ by a level. 16-bit colour is read from PNG alone.',
    ...(profiles
      ? [
          'An embedded colour profile is converted to sRGB by Pillow, which may differ by a few levels from Burnish.',
        ]
      : []),
    ...caveats,
    '"""',
  ].join('\n');
}
