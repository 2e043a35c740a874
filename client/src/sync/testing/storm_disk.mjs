// A disk for fake-indexeddb, which lives in memory alone: every transaction is in a file before it is said to be complete.
// A program for Node, so that a device may be killed with SIGKILL and started again from what it had been promised.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

import { IDBFactory, IDBTransaction } from 'fake-indexeddb';

/** A cache is written with relaxed durability: the power may take the last of its transactions, in their order. */
const RELAXED_MS = 400;

export class Disk {
  /** `{store: {shape, rows}}` of each database, as on the disk. */
  images = new Map();
  writtenAt = new Map();

  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Brings back into memory what is on the disk, and keeps the disk in step from here on. */
  async attach() {
    for (const file of readdirSync(this.folder).filter((name) => name.endsWith('.v8'))) {
      await this.restore(file.slice(0, -3), deserialize(readFileSync(join(this.folder, file))));
    }
    this.watchCommits();
    this.watchDeletions();
  }

  watchCommits() {
    const disk = this;
    const dispatch = IDBTransaction.prototype.dispatchEvent;
    IDBTransaction.prototype.dispatchEvent = function (event) {
      if (event.type === 'complete' && this.mode !== 'readonly') disk.commit(this.db._rawDatabase, [...this._scope], this.mode);
      return dispatch.call(this, event);
    };
  }

  watchDeletions() {
    const disk = this;
    const remove = IDBFactory.prototype.deleteDatabase;
    IDBFactory.prototype.deleteDatabase = function (name) {
      const request = remove.call(this, name);
      request.addEventListener('success', () => disk.forget(name));
      return request;
    };
  }

  /** Only what the transaction has locked is read: another may be half done beside it. */
  commit(database, scope, mode) {
    const relaxed = database.name.startsWith('cache-') && mode === 'readwrite';
    const last = this.writtenAt.get(database.name) ?? 0;
    // All writes of a cache lock its meta: whatever was skipped is whole now, and read with the next.
    if (relaxed && performance.now() - last < RELAXED_MS) return;
    const image = this.images.get(database.name) ?? { version: database.version, stores: {} };
    const names = relaxed || mode !== 'readwrite' ? [...database.rawObjectStores.keys()] : scope;
    for (const name of names) image.stores[name] = contentOf(database.rawObjectStores.get(name));
    image.version = database.version;
    this.images.set(database.name, image);
    this.write(database.name, image);
    this.writtenAt.set(database.name, performance.now());
  }

  write(name, image) {
    const file = join(this.folder, `${name}.v8`);
    writeFileSync(`${file}.new`, serialize(image));
    renameSync(`${file}.new`, file);
  }

  forget(name) {
    this.images.delete(name);
    this.writtenAt.delete(name);
    rmSync(join(this.folder, `${name}.v8`), { force: true });
  }

  restore(name, image) {
    this.images.set(name, image);
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(name, image.version);
      opening.onerror = () => reject(opening.error);
      opening.onupgradeneeded = () => {
        for (const [storeName, content] of Object.entries(image.stores)) fill(opening.result, storeName, content);
      };
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
    });
  }

  /** The browser throws everything away. */
  static evict(folder) {
    if (existsSync(folder)) rmSync(folder, { recursive: true });
  }
}

const contentOf = (store) => ({
  keyPath: store.keyPath,
  autoIncrement: store.autoIncrement,
  indexes: [...store.rawIndexes.values()].map(({ name, keyPath, unique, multiEntry }) => ({ name, keyPath, unique, multiEntry })),
  rows: [...store.records.values()].map(({ value }) => value),
});

function fill(database, name, { keyPath, autoIncrement, indexes, rows }) {
  const store = database.createObjectStore(name, { keyPath, autoIncrement });
  for (const { name: index, keyPath: path, unique, multiEntry } of indexes) store.createIndex(index, path, { unique, multiEntry });
  for (const row of rows) store.put(row);
}
