/** Where the bytes of files lie, each once, under their hash: a folder, or a store that speaks S3. */

import type { Readable } from 'node:stream';
import { FolderStore } from './folder-store.ts';
import { S3Store } from './s3-store.ts';

export type FilesPlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | {
      readonly kind: 's3';
      /** `https://host:port`; buckets are addressed in the path. */
      readonly endpoint: string;
      readonly bucket: string;
      /** Before every key; empty, or with a slash at its end. */
      readonly prefix: string;
      readonly region: string;
      readonly keyId: string;
      readonly secret: string;
      /** Of this machine: where uploads lie until they are whole. */
      readonly incoming: string;
    };

export interface FileStore {
  readonly kind: FilesPlace['kind'];
  /** A folder of this machine: uploads lie there until they are whole. */
  readonly incoming: string;
  /**
   * Keeps what lies in `incoming` at `path`, whole and durably; keeping the same content twice, even at once, is keeping
   * it once. The file at `path` may be gone afterwards. @throws what the disk or the store had against it: nothing is kept
   */
  keep(sha256: string, path: string, size: number): Promise<void>;
  /** Its bytes as they lie there, unproven (see `provenBytes`); absent: they are not there. */
  read(sha256: string): Promise<Readable | undefined>;
  has(sha256: string): Promise<boolean>;
  /** @throws Error that says why nothing can be kept there. */
  check(): Promise<void>;
}

export function openFileStore(place: FilesPlace): FileStore {
  return place.kind === 'folder' ? new FolderStore(place.folder) : new S3Store(place);
}
