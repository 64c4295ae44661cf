/** The files of a zip whose entries are stored as they are (PKWARE's APPNOTE, 4.3). */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Return the files of a zip by their names: views of its bytes. Throws for anything that
 * serguide's packing does not write.
 *
 * @param {ArrayBuffer} zip
 * @returns {Map<string, Uint8Array<ArrayBuffer>>}
 */
export function filesOf(zip) {
  const view = new DataView(zip);
  const end = view.byteLength - 22;
  if (end < 0 || view.getUint32(end, true) !== END) throw new RangeError("no zip");
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const files = new Map();
  for (let number = 0; number < count; number += 1) {
    if (view.getUint32(at, true) !== ENTRY || view.getUint16(at + 10, true) !== 0) {
      throw new RangeError("not stored");
    }
    const [size, name, extra, comment] = [
      view.getUint32(at + 24, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) !== LOCAL) throw new RangeError("no file");
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const text = new TextDecoder().decode(new Uint8Array(zip, at + 46, name));
    files.set(text, new Uint8Array(zip, start, size));
    at += 46 + name + extra + comment;
  }
  return files;
}
