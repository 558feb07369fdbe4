/** The text of scripts: what stands in them, and that they hold only what the edit needs. */

import { describe, expect, it } from 'vitest';
import { functionFor } from '../../../../core/derive/python/functions/index';
import { pythonLiteral, pythonName } from '../../../../core/derive/python/literal';
import { withNeeds } from '../../../../core/derive/python/part';
import { signatureOf } from '../../../../core/derive/python/printed-function';
import { pythonScript, type ScriptOptions } from '../../../../core/derive/python/script';
import type { Document, Step } from '../../../../core/document/document';
import { operations } from '../../../../core/operations/index';
import type { Shape } from '../../../../core/raster/raster';
import { documentWith, sourceFor, stepOf } from '../../../support/documents';

const shape: Shape = { width: 40, height: 30, channels: 3, depth: 8 };
const photo = { inputs: { photo: '/home/ann/photo.png' } };

function documentOf(...stack: readonly Step[]): Document {
  return documentWith(sourceFor('photo', shape), stack);
}

function textOf(document: Document, options: ScriptOptions = photo): string {
  const script = pythonScript(document, options);
  if (!script.ok) throw new Error(script.fault.message);
  return script.value;
}

/** The body of `edit`. */
function editOf(text: string): string {
  return /\ndef edit\([^)]*\):\n([^]*?)\n\n\n/.exec(text)?.[1] ?? '';
}

describe('every operation', () => {
  it('has a Python function', () => {
    const without = operations.filter((operation) => functionFor(operation) === null).map(({ id }) => id);
    expect(without).toEqual([]);
  });

  it('takes in Python the parameters and defaults that it declares', () => {
    for (const operation of operations) {
      const own = functionFor(operation);
      if (own === null || operation.kind === 'blend' || operation.kind === 'composed') continue;
      const start = `def ${pythonName(operation.id)}(${signatureOf(operation)}):`;
      const written = own.text
        .replace(/\(\n\s*/, '(')
        .replace(/,\n\s*\):/, '):')
        .replace(/,\n\s+(?=\w+[=,])/g, ', ')
        // Numbers that are kept instead of measured come last.
        .replace(', measured=None):', '):');
      expect(written.slice(0, start.length), operation.id).toBe(start);
    }
  });

  it('has no name in common with anything else in a script', () => {
    const parts = withNeeds(operations.flatMap((operation) => functionFor(operation) ?? []));
    const texts = new Map<string, string>();
    for (const { name, text } of parts) {
      expect(texts.get(name) ?? text, name).toBe(text);
      texts.set(name, text);
    }
    for (const { text } of parts) {
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(115);
    }
  });
});

describe('a script', () => {
  it('tells every step in words and calls a function for it', () => {
    const text = textOf(
      documentOf(
        stepOf('gamma', { gamma: 2.2 }),
        stepOf('boxBlur', { size: 15 }, { channels: 'luma', opacity: 0.5 }),
        stepOf('negative', {}, { enabled: false }),
      ),
    );
    expect(editOf(text)).toBe(
      [
        '    # 1. Gamma: gamma 2.2',
        '    #    T·(r/T)^(1/gamma)',
        '    image = gamma(image, gamma=2.2)',
        '',
        '    # 2. Box blur: size 15, boundary symmetric, constant 0; on the luma alone; opacity 0.5',
        '    #    Σ v(x + j − 7, y + i − 7) / 225, i and j from 0 to 14',
        '    image = limited(image, box_blur(luma_picture(image), size=15), channels="luma", opacity=0.5)',
        '',
        '    # 3. Negative; switched off',
        '    #    T − r',
        '    # image = negative(image)',
        '    return image',
      ].join('\n'),
    );
  });

  it('calls the steps of a chain one after the other', () => {
    const steps = [
      { id: 'gaussianBlur', params: { sigma: 4 } },
      { id: 'gradient', params: { component: 'x' } },
    ];
    const edit = editOf(textOf(documentOf(stepOf('chain', { steps }, { channels: 'luma' }))));
    expect(edit).toContain(
      [
        '    # 1. Chain, step after step; on the luma alone',
        '    #    1. Gaussian blur: sigma 4, truncate 4, boundary symmetric, constant 0',
      ].join('\n'),
    );
    expect(edit).toContain(
      [
        '    image = limited(image, chain(',
        '        luma_picture(image),',
        '        lambda image: gaussian_blur(image, sigma=4),',
        '        lambda image: gradient(image, component="x"),',
        '    ), channels="luma")',
      ].join('\n'),
    );
  });

  it('prints a formula as numpy', () => {
    const text = textOf(documentOf(stepOf('posterize', { levels: 4 })));
    expect(text).toContain(
      [
        'def posterize(image, levels):',
        '    """Reduces every channel to a few evenly spaced tones."""',
        '    r = samples(image)',
        '    T = top(image)',
        '    L = T + 1',
        '    q = np.minimum(levels - 1, np.floor(r * levels / L))',
        '    return stored(image, q * T / (levels - 1))',
      ].join('\n'),
    );
  });

  it('holds each function once, those that it needs alone, and imports what it calls', () => {
    const text = textOf(documentOf(stepOf('gamma', { gamma: 2 }), stepOf('gamma', { gamma: 3 })));
    expect(text.match(/^def gamma\(/gm)).toHaveLength(1);
    expect(text).not.toContain('def compose');
    expect(text).not.toContain('scipy import');
    expect(textOf(documentOf(stepOf('median', { size: 3 })))).toContain('from scipy import ndimage\n');
  });

  it('is the same for the same document', () => {
    const document = documentOf(stepOf('levels', { gamma: 1.3 }));
    expect(textOf(document)).toBe(textOf(document));
  });

  it('tells layers, their modes and opacities', () => {
    const document = documentOf(stepOf('gamma', { gamma: 2.2 }));
    const [layer] = document.layers;
    const text = textOf({
      ...document,
      frame: { width: 40, height: 30 },
      layers: [
        layer,
        { ...layer, id: 'leaf', name: 'Leaf', mode: 'multiply', opacity: 0.5, stack: [] },
        { ...layer, id: 'sky', name: 'Sky', visible: false },
      ],
    });
    const edit = editOf(text);
    expect(edit).toContain('    # Layer "Background": normal, opacity 1\n');
    expect(edit).toContain('    # Layer "Leaf": multiply, opacity 0.5\n');
    expect(edit).toContain('    layers.append((image, "multiply", 0.5))\n');
    expect(edit).toContain('    # Layer "Sky" is hidden.\n');
    expect(text).toContain('MODES = {"multiply": multiply, "normal": normal}');
    expect(text).not.toContain('def screen');
  });

  it('says what steps had measured, where that is known', () => {
    const step = stepOf('percentileStretch', {});
    const text = textOf(documentOf(step), { ...photo, reported: { [step.id]: { low: [3], high: [250] } } });
    expect(text).toContain('    #    Of the original picture: low [3], high [250]\n');
  });

  it('says in its head that a profile may be converted differently, where there is one', () => {
    const document = documentOf();
    const { photo: source } = document.sources;
    const embedded = { ...document, sources: { photo: { ...source, profile: 'Display P3' } } };
    expect(textOf(embedded)).toContain('colour profile');
    expect(textOf(document).split('\n\n\n')[0]).not.toContain('colour profile');
  });

  it('cannot be broken out of by names and paths', () => {
    const document = documentOf();
    const [layer] = document.layers;
    const bad = 'a"""\nimport os\\\u2028';
    const text = textOf(
      { ...document, name: bad, frame: { width: 1, height: 1 }, layers: [{ ...layer, name: bad }] },
      { inputs: { photo: `/x/${bad}` } },
    );
    expect(text).not.toMatch(/^import os/m);
    expect(text.split('"""')[1]).toContain('a””” import os/');
    expect(text).toContain('PICTURES = ["/x/a\\"\\"\\"\\nimport os\\\\\\u2028"]');
  });
});

describe('Python literals and names', () => {
  it('are those of Python', () => {
    expect(pythonLiteral([true, null, 1.5, -2e-7, 'a"b'])).toBe('[True, None, 1.5, -2e-7, "a\\"b"]');
    expect(pythonLiteral({ channel: 'r', op: '<' })).toBe('{"channel": "r", "op": "<"}');
    expect(() => pythonLiteral(undefined)).toThrow('undefined');
    expect(['boxBlur', 'r1', 'T', 'newS', 'in'].map(pythonName)).toEqual([
      'box_blur',
      'r1',
      'T',
      'new_s',
      'in_',
    ]);
  });
});
