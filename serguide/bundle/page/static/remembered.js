/** Keys that this device may keep: as the browser's own objects, which no script can read. */

const STORE = "keys";

/** Tries what is kept, under a name that no page has. */
const PROBE = "probe";

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("serguide-sealed", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => reject(asked.error);
  });
}

/**
 * @template Result
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<Result>} act
 * @returns {Promise<Result>}
 */
async function within(mode, act) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/**
 * Return the key that is kept for a page, by its salt; null where there is none, or no memory.
 *
 * @param {string} salt
 * @returns {Promise<CryptoKey | null>}
 */
export async function remembered(salt) {
  try {
    const key = await within("readonly", (store) => store.get(salt));
    return key instanceof CryptoKey ? key : null;
  } catch {
    return null;
  }
}

/** Tell whether any page's key is kept. */
export async function anyRemembered() {
  try {
    return (await within("readonly", (store) => store.count())) > 0;
  } catch {
    return false;
  }
}

/**
 * @param {string} salt
 * @param {CryptoKey} key
 */
export const remember = (salt, key) => within("readwrite", (store) => store.put(key, salt));

/** @param {string} salt */
export const forget = (salt) => within("readwrite", (store) => store.delete(salt));

/** Tell whether this browser keeps keys: private windows, and some on local files, do not. */
export async function canRemember() {
  try {
    const how = { name: "AES-GCM", length: 256 };
    const key = await crypto.subtle.generateKey(how, false, ["decrypt"]);
    await remember(PROBE, key);
    const kept = await remembered(PROBE);
    await forget(PROBE);
    return kept !== null;
  } catch {
    return false;
  }
}
