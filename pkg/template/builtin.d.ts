/** The built-in set, carried in the code: for where nothing can be fetched. */
declare const builtin: Uint8Array;
export default builtin;
