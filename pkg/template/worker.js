// The entry for workers and for pages under a strict CSP that load it there: the same without a DOM to guard.

export { SetVerifier, Taintwatch, load, memory, setHeadLength } from './index.js';
