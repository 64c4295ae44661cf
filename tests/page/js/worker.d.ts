/** What installable.py puts in place of these. */
declare const __CACHE__: string;
declare const __FILES__: string[];

/** TypeScript knows what kind of worker this is no better than that it is one. */
interface WorkerGlobalScopeEventMap {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
}
