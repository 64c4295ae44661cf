/**
 * Takes on their way to the studio: each is kept in this browser until the studio has it, so that
 * a lost connection or a closed tab loses none that was read.
 */

const STORE = "takes";
const AGAIN = 2000;

/**
 * A take on its way; path: where it goes.
 *
 * @typedef {{ key?: IDBValidKey, id: string, path: string, sound: Blob }} Parcel
 */

/** Send takes one after another, and again until they have come. */
export class Outbox {
  /**
   * @param {(parcel: Parcel) => Promise<any>} send - raises an error with `status`; 0: no answer
   * @param {(parcel: Parcel, answer: any) => void} came
   * @param {(left: number) => void} waits - told how many are on their way
   */
  constructor(send, came, waits) {
    this.send = send;
    this.came = came;
    this.waits = waits;
    /** @type {Parcel[]} */
    this.parcels = [];
    this.busy = false;
    /** @type {Set<Promise<void>>} */
    this.putting = new Set();
    this.db = database().catch(() => null);
  }

  /** Take up what an earlier page has left. */
  async takeUp() {
    const db = await this.db;
    if (!db) return;
    this.parcels.push(...(await all(db)));
    this.go();
  }

  /** @param {Parcel} parcel */
  put(parcel) {
    const put = this.#put(parcel).finally(() => this.putting.delete(put));
    this.putting.add(put);
    return put;
  }

  /** @param {Parcel} parcel */
  async #put(parcel) {
    const db = await this.db;
    if (db) parcel.key = await changed(db, (store) => store.add({ ...parcel }));
    this.parcels.push(parcel);
    this.go();
  }

  /** Wait until all that was put in has come. */
  async empty() {
    await Promise.all(this.putting);
    while (this.busy) await new Promise((again) => setTimeout(again, 100));
  }

  async go() {
    if (this.busy) return;
    this.busy = true;
    while (this.parcels[0]) {
      const parcel = this.parcels[0];
      this.waits(this.parcels.length);
      let answer;
      try {
        answer = await this.send(parcel);
      } catch (error) {
        const { status = 0, data = {} } = /** @type {any} */ (error);
        // Without an answer, or with one that another time may be better, it is sent again.
        if (status === 0 || status === 401 || status >= 500) {
          await new Promise((again) => setTimeout(again, AGAIN));
          continue;
        }
        answer = { state: "refused", why: data?.problem?.message ?? "" };
      }
      this.parcels.shift();
      const db = await this.db;
      if (db && parcel.key !== undefined) {
        await changed(db, (store) => store.delete(/** @type {IDBValidKey} */ (parcel.key)));
      }
      this.came(parcel, answer);
    }
    this.busy = false;
    this.waits(0);
  }
}

/** @returns {Promise<IDBDatabase>} */
function database() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("serguide-reading", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { autoIncrement: true });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

/**
 * @param {IDBDatabase} db
 * @param {(store: IDBObjectStore) => IDBRequest<any>} change
 * @returns {Promise<any>}
 */
function changed(db, change) {
  return new Promise((done) => {
    const going = db.transaction(STORE, "readwrite");
    const asked = change(going.objectStore(STORE));
    going.oncomplete = () => done(asked.result);
    going.onerror = () => done(undefined);
    going.onabort = () => done(undefined);
  });
}

/**
 * @param {IDBDatabase} db
 * @returns {Promise<Parcel[]>}
 */
function all(db) {
  return new Promise((done) => {
    /** @type {Parcel[]} */
    const found = [];
    const asked = db.transaction(STORE).objectStore(STORE).openCursor();
    asked.onerror = () => done(found);
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) {
        done(found);
        return;
      }
      found.push({ ...cursor.value, key: cursor.key });
      cursor.continue();
    };
  });
}
