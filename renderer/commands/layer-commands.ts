/** Layer: what can be done with the chosen layer. */

import type { Layer } from '../../core/document/document';
import {
  addLayer,
  chooseNeighbour,
  duplicateLayer,
  moveLayer,
  removeLayer,
  report,
} from '../session/editing';
import type { OpenDocument } from '../session/open-document.svelte';
import type { Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';

/** A command that works on the chosen layer. */
interface LayerVerb extends Pick<MenuCommand, 'id' | 'title' | 'section' | 'keys' | 'keywords'> {
  /** In the Layer menu. */
  menuTitle(layer: Layer | null): string;
  /** Whether it is of use for this layer, `at` its place from the bottom. */
  possible(document: OpenDocument, at: number): boolean;
  act(document: OpenDocument, layer: Layer, event: Event): void;
}

export function layerCommands(session: Session): readonly MenuCommand[] {
  const always = (): boolean => true;
  const notTop = ({ document }: OpenDocument, at: number): boolean => at < document.layers.length - 1;
  const notBottom = (_: OpenDocument, at: number): boolean => at > 0;
  const verbs: readonly LayerVerb[] = [
    {
      id: 'layer.duplicate',
      title: 'Duplicate layer',
      menuTitle: () => 'Duplicate',
      section: 'layer',
      keys: ['Mod+J'],
      keywords: ['copy'],
      possible: always,
      act: (document, layer, event) => void duplicateLayer(session, document, layer, event),
    },
    {
      id: 'layer.remove',
      title: 'Delete layer',
      menuTitle: () => 'Delete',
      section: 'layer',
      keys: ['Delete'],
      keywords: ['remove'],
      possible: ({ document }) => document.layers.length > 1,
      act: (document, layer, event) => void removeLayer(session, document, layer, event),
    },
    {
      id: 'layer.rename',
      title: 'Rename layer',
      menuTitle: () => 'Rename',
      section: 'look',
      keys: ['F2'],
      keywords: ['name'],
      possible: always,
      act: (document, layer) => {
        session.preferences.reveal('Layers');
        document.choice.renaming = layer.id;
      },
    },
    {
      id: 'layer.show',
      title: 'Show or hide layer',
      menuTitle: (layer) => (layer?.visible === false ? 'Show' : 'Hide'),
      section: 'look',
      keywords: ['visible', 'eye'],
      possible: always,
      act: (document, { id, visible }, event) =>
        void report(session, document.commit({ type: 'layer.show', layer: id, visible: !visible }, event)),
    },
    {
      id: 'layer.up',
      title: 'Move layer up',
      menuTitle: () => 'Move up',
      section: 'order',
      keys: ['Mod+]'],
      keywords: ['raise', 'forward', 'order'],
      possible: notTop,
      act: (document, layer, event) => void moveLayer(session, document, layer, 1, event),
    },
    {
      id: 'layer.down',
      title: 'Move layer down',
      menuTitle: () => 'Move down',
      section: 'order',
      keys: ['Mod+['],
      keywords: ['lower', 'backward', 'order'],
      possible: notBottom,
      act: (document, layer, event) => void moveLayer(session, document, layer, -1, event),
    },
    {
      id: 'layer.above',
      title: 'Choose layer above',
      menuTitle: () => 'Choose the one above',
      section: 'choose',
      keys: ['Alt+]'],
      possible: notTop,
      act: (document) => chooseNeighbour(document, 1),
    },
    {
      id: 'layer.below',
      title: 'Choose layer below',
      menuTitle: () => 'Choose the one below',
      section: 'choose',
      keys: ['Alt+['],
      possible: notBottom,
      act: (document) => chooseNeighbour(document, -1),
    },
  ];
  return [addCommand(session), ...verbs.map((verb) => layerCommand(session, verb))];
}

function addCommand(session: Session): MenuCommand {
  return {
    id: 'layer.add',
    title: 'Add layer from file',
    menuTitle: 'Add from file',
    asks: true,
    menu: 'Layer',
    section: 'layer',
    keys: ['Mod+Shift+N'],
    keywords: ['new', 'place', 'import', 'picture'],
    help: 'Puts another picture above the chosen layer',
    get enabled() {
      return session.editable;
    },
    run: () => void addLayer(session),
  };
}

function layerCommand(session: Session, verb: LayerVerb): MenuCommand {
  const { id, title, section, keys, keywords } = verb;
  const chosen = (): Layer | null => session.active?.choice.layer ?? null;
  return {
    id,
    title,
    menu: 'Layer',
    section,
    ...(keys && { keys }),
    ...(keywords && { keywords }),
    get menuTitle() {
      return verb.menuTitle(chosen());
    },
    get enabled() {
      const document = session.active;
      const layer = chosen();
      return (
        session.editable &&
        document !== null &&
        layer !== null &&
        verb.possible(document, document.document.layers.indexOf(layer))
      );
    },
    run(event) {
      const document = session.active;
      const layer = chosen();
      if (document && layer) verb.act(document, layer, event);
    },
  };
}
