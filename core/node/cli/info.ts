/** `burnish info`: what a file says about itself, without its pixels being decoded; of a project, what its history says. */

import { fail, succeed, type Fault, type Result } from '../../raster/fault';
import { startCodec, type Codec } from '../codec/codec';
import type { PictureInfo } from '../codec/picture';
import { sizeOf } from '../files/bytes-elsewhere';
import { factLines, samplesText, type Fact } from './facts';
import { findInputs, type Input } from './inputs';
import { closeContent, codecLimits, contentOf, type InputContent, type Thresholds } from './input-content';
import { interruptible } from './interruption';
import { kindOf } from '../project/project-file';
import { layeredInfo, layeredText } from './layered-info';
import { projectInfo, projectText } from './project-info';
import { faultLine, STATUS, write, type Terminal } from './terminal';

const ORIENTATIONS = [
  '',
  'upright',
  'mirrored',
  'upside down',
  'upside down and mirrored',
  'mirrored, turned left',
  'turned right',
  'mirrored, turned right',
  'turned left',
];

function readable(name: string, bytes: number, info: PictureInfo): string {
  const { width, height, channels, depth, format, colourSpace, orientation, profile, frames, density } = info;
  const facts: Fact[] = [
    ['Format', `${format}, ${bytes.toLocaleString('en')} bytes`],
    ['Size', `${width} × ${height} pixels`],
    [
      'Samples',
      `${samplesText(channels, depth)}${/^(s?rgb|gr[ea]y)/i.test(colourSpace) ? '' : ` (stored as ${colourSpace})`}`,
    ],
    ['Profile', profile ?? 'none'],
    ['Orientation', `${orientation} (${ORIENTATIONS[orientation]})`],
  ];
  if (frames > 1) facts.push(['Frames', String(frames)]);
  if (density !== undefined) facts.push(['Density', `${density} pixels an inch`]);
  if (info.hasPosition) facts.push(['Position', 'the file says where the picture was taken']);
  facts.push(...Object.entries(info.facts));
  return factLines(name, facts);
}

/** The facts as JSON has them, and as words. */
interface Told {
  readonly json: object;
  readonly text: string;
}

async function infoOf(
  input: Input,
  codec: Codec,
  terminal: Terminal,
  signal: AbortSignal,
  thresholds: Thresholds,
): Promise<Result<Told>> {
  const large = input.path === null ? succeed(null) : await codec.regions(input.path, signal);
  if (!large.ok) return large;
  if (large.value !== null) {
    const { info, fileBytes } = large.value;
    return succeed({ json: { bytes: fileBytes, ...info }, text: readable(input.name, fileBytes, info) });
  }
  const content = await contentOf(input, terminal, thresholds);
  if (!content.ok) return content;
  return infoOfContent(input.name, content.value, codec, signal).finally(() => closeContent(content.value));
}

async function infoOfContent(
  name: string,
  content: InputContent,
  codec: Codec,
  signal: AbortSignal,
): Promise<Result<Told>> {
  const bytes = sizeOf(content);
  switch (await kindOf(content)) {
    case 'project': {
      const project = await projectInfo(content);
      if (!project.ok) return project;
      return succeed({ json: { bytes, ...project.value }, text: projectText(name, bytes, project.value) });
    }
    case 'layers': {
      const layered = await layeredInfo(content, codec, signal);
      if (!layered.ok) return layered;
      return succeed({ json: { bytes, ...layered.value }, text: layeredText(name, bytes, layered.value) });
    }
    case null: {
      const info = await codec.info(content, signal);
      if (!info.ok) return info;
      return succeed({ json: { bytes, ...info.value }, text: readable(name, bytes, info.value) });
    }
  }
}

/** Carries the command out. The fault is wrong usage; else the status. */
export async function info(
  words: readonly string[],
  options: { readonly json?: true },
  terminal: Terminal,
  thresholds: Thresholds = {},
): Promise<Result<number>> {
  if (words.length === 0) return fail('usage', 'no input', 'name pictures or projects');
  const found = await findInputs(words);
  const asJson = options.json === true;
  let failed = false;
  const refuse = async (name: string, fault: Fault): Promise<void> => {
    failed = true;
    terminal.stderr.write(`${faultLine(name === '-' ? 'standard input' : name, fault)}\n`);
    if (asJson) await write(terminal.stdout, `${JSON.stringify({ input: name, error: fault })}\n`);
  };
  return succeed(
    await interruptible(async (signal) => {
      const codec = startCodec({ limits: codecLimits(thresholds) });
      try {
        for (const { name, fault } of found.missing) await refuse(name, fault);
        let separator = '';
        for (const input of found.inputs) {
          if (signal.aborted) break;
          const known = await infoOf(input, codec, terminal, signal, thresholds);
          if (!known.ok) {
            await refuse(input.name, known.fault);
            continue;
          }
          const { json, text: words } = known.value;
          const text = asJson
            ? `${JSON.stringify({ input: input.name, ...json })}\n`
            : `${separator}${words}`;
          separator = '\n';
          await write(terminal.stdout, text);
        }
      } finally {
        await codec.close();
      }
      return failed ? STATUS.failed : STATUS.done;
    }),
  );
}
