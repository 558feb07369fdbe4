/** The connection in Electron: calls and events cross by the preload script's bridge, which checks nothing and decides nothing. */

import type { Answers, CallName, Payload } from '../../core/protocol/contract';
import type { Bridge } from '../../core/protocol/wire';
import { fail, type Result } from '../../core/raster/fault';
import type { PageConnection } from './page-connection';
import { resourceUrl, uploadFile } from './resources';

export function bridgeConnection(bridge: Bridge, page: string): PageConnection {
  return {
    async call<N extends CallName>(name: N, payload: Payload<N>): Promise<Result<Answers[N]>> {
      try {
        // The other end answers by the same contract; the wire itself carries no types.
        return (await bridge.call(name, payload)) as Result<Answers[N]>;
      } catch {
        return fail(
          'crashed',
          'the main process did not answer',
          'try again; if it stays so, start Burnish anew',
        );
      }
    },
    listen: (listener) => bridge.listen(listener),
    watch(listener) {
      listener({ kind: 'open' });
      return () => undefined;
    },
    resource: (path) => resourceUrl(page, path),
    upload: (file, name) => uploadFile(page, file, name),
  };
}
