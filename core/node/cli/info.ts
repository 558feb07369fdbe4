/** `burnish info`: what a file says about itself, without its pixels being decoded. */

import { fail, succeed, type Fault, type Result } from '../../raster/fault';
import { startCodec, type Codec } from '../codec/codec';
import type { PictureInfo } from '../codec/picture';
import { findInputs, type Input } from './inputs';
import { interruptible } from './interruption';
import { readInput } from './job';
import { faultLine, oneLine, STATUS, write, type Terminal } from './terminal';

const LAYOUTS = ['', 'grey', 'grey with alpha', 'RGB', 'RGB with alpha'];

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
  const facts: (readonly [string, string])[] = [
    ['Format', `${format}, ${bytes.toLocaleString('en')} bytes`],
    ['Size', `${width} × ${height} pixels`],
    [
      'Samples',
      `${LAYOUTS[channels]}, ${depth} bit${/^(s?rgb|gr[ea]y)/i.test(colourSpace) ? '' : ` (stored as ${colourSpace})`}`,
    ],
    ['Profile', profile ?? 'none'],
    ['Orientation', `${orientation} (${ORIENTATIONS[orientation]})`],
  ];
  if (frames > 1) facts.push(['Frames', String(frames)]);
  if (density !== undefined) facts.push(['Density', `${density} pixels an inch`]);
  if (info.hasPosition) facts.push(['Position', 'the file says where the picture was taken']);
  facts.push(...Object.entries(info.facts));
  const longest = Math.max(...facts.map(([label]) => label.length));
  const lines = facts.map(([label, text]) => `  ${label.padEnd(longest)}  ${oneLine(text)}\n`);
  return `${oneLine(name)}\n${lines.join('')}`;
}

async function infoOf(
  input: Input,
  codec: Codec,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Result<{ readonly bytes: number; readonly info: PictureInfo }>> {
  const bytes = await readInput(input, terminal);
  if (!bytes.ok) return bytes;
  const info = await codec.info(bytes.value, signal);
  return info.ok ? succeed({ bytes: bytes.value.byteLength, info: info.value }) : info;
}

/** Carries the command out. The fault is wrong usage; else the status. */
export async function info(
  words: readonly string[],
  options: { readonly json?: true },
  terminal: Terminal,
): Promise<Result<number>> {
  if (words.length === 0) return fail('usage', 'no input', 'name one or more pictures');
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
      const codec = startCodec();
      try {
        for (const { name, fault } of found.missing) await refuse(name, fault);
        let separator = '';
        for (const input of found.inputs) {
          if (signal.aborted) break;
          const known = await infoOf(input, codec, terminal, signal);
          if (!known.ok) {
            await refuse(input.name, known.fault);
            continue;
          }
          const { bytes, info: facts } = known.value;
          const text = asJson
            ? `${JSON.stringify({ input: input.name, bytes, ...facts })}\n`
            : `${separator}${readable(input.name, bytes, facts)}`;
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
