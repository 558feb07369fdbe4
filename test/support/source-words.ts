// What a source file says that the architecture has rules about: the modules it imports, in whatever way, and the
// names and texts it uses. Read from the syntax tree, so that a comment or a longer word that contains another one is
// not mistaken for a use.
import { parse } from 'svelte/compiler';
import ts from 'typescript';

export interface SourceWords {
  /** Module specifiers, as written: `../raster/raster`, `node:fs`. */
  readonly imports: readonly string[];
  /** The values of string literals, static template texts and attribute texts. */
  readonly texts: readonly string[];
  readonly identifiers: readonly string[];
}

interface Collected extends SourceWords {
  readonly imports: string[];
  readonly texts: string[];
  readonly identifiers: string[];
}

/** The words of one file. `path` decides whether it is TypeScript or Svelte. Throws if a Svelte file does not parse. */
export function wordsOf(path: string, source: string): SourceWords {
  const words: Collected = { imports: [], texts: [], identifiers: [] };
  if (path.endsWith('.svelte')) visitSvelte(parse(source, { modern: true }), words);
  else visitTypeScript(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true), words);
  return words;
}

function visitTypeScript(node: ts.Node, words: Collected): void {
  const specifier = importedBy(node);
  if (specifier && ts.isStringLiteralLike(specifier)) words.imports.push(specifier.text);
  else if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) words.texts.push(node.text);
  else if (ts.isIdentifier(node)) words.identifiers.push(node.text);
  if (ts.isSourceFile(node)) {
    words.imports.push(...node.typeReferenceDirectives.map((reference) => reference.fileName));
    words.imports.push(...node.referencedFiles.map((reference) => reference.fileName));
  }
  ts.forEachChild(node, (child) => visitTypeScript(child, words));
}

/** The expression that names a module, where the node imports one: every form there is, type imports included. */
function importedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  return isImport || isRequire ? node.arguments[0] : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Svelte's tree is ESTree with nodes of its own; every child of every node is looked at. */
function visitSvelte(node: unknown, words: Collected): void {
  if (Array.isArray(node)) {
    for (const child of node) visitSvelte(child, words);
    return;
  }
  if (!isRecord(node)) return;
  const { type, source, argument, value, name } = node;
  for (const module of [source, type === 'TSImportType' ? argument : undefined]) {
    if (isRecord(module) && typeof module.value === 'string') words.imports.push(module.value);
  }
  if (type === 'Literal' && typeof value === 'string') words.texts.push(value);
  if (type === 'TemplateElement' && isRecord(value)) words.texts.push(String(value.cooked));
  if (type === 'Attribute' && Array.isArray(value)) {
    for (const part of value) if (isRecord(part) && part.type === 'Text') words.texts.push(String(part.data));
  }
  if (type === 'Identifier' && typeof name === 'string') words.identifiers.push(name);
  for (const child of Object.values(node)) visitSvelte(child, words);
}
