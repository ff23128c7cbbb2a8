// @ts-check
// Where the sets are kept that the person added: in the browser's database, as blobs of which parts are read.

/**
 * @typedef {object} Stored
 * @property {string} id
 * @property {string} date the day up to which it was kept, yyyy-mm-dd
 * @property {Uint8Array} head all of it but the identities
 * @property {Blob} blob the whole file
 */

const SETS = 'sets';

/** @returns {Promise<IDBDatabase>} */
function database() {
  const request = indexedDB.open('taintwatch', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(SETS, { keyPath: 'id' });
  return answerOf(request);
}

/**
 * Whether nothing can be kept here: in a private window, and in a Firefox that never remembers anything, where the
 * background is private too. There is no database then, so no set can be missing.
 */
export function keepsNothing() {
  return chrome.extension?.inIncognitoContext === true;
}

/** @returns {Promise<Stored[]>} */
export async function storedSets() {
  if (keepsNothing()) return [];
  return within('readonly', (sets) => answerOf(sets.getAll()));
}

/**
 * Keeps a set; one with the same id is replaced in the same step, so that there is always one or the other.
 * @param {Stored} set
 */
export async function keepSet(set) {
  await within('readwrite', (sets) => answerOf(sets.put(set)));
}

/** @param {string} id */
export async function dropSet(id) {
  await within('readwrite', (sets) => answerOf(sets.delete(id)));
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(sets: IDBObjectStore) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function within(mode, work) {
  const opened = await database();
  try {
    const transaction = opened.transaction(SETS, mode);
    const done = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await work(transaction.objectStore(SETS));
    await done;
    return result;
  } finally {
    opened.close();
  }
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
