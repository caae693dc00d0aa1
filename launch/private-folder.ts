import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Failure } from './command.ts'

/**
 * Makes a folder that only this user can enter, or closes one of ours to others.
 * @throws {Failure} when it is a link or another user's, or others could have put something into it
 */
export function privateFolder(dir: string): void {
  ownFolder(dir)
  if (lstatSync(dir).isSymbolicLink()) throw new Failure(`${dir} is a link: put a folder in its place`)
  chmodSync(dir, 0o700)
}

/** Makes a folder where there is none. @throws {Failure} when another user has it or can write to it */
export function ownFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  // of the folder and of the link that leads to it, if one does
  const owners = [statSync(dir).uid, lstatSync(dir).uid]
  const stranger = owners.find(owner => owner !== process.getuid?.())
  if (stranger !== undefined && process.getuid !== undefined)
    throw new Failure(`${dir} belongs to user ${stranger}: name a folder of your own with NEPHOSCOPE_DATA=/path`)
  if ((statSync(dir).mode & 0o022) !== 0)
    throw new Failure(`Other users can write to ${dir}: see that all in it is yours, then chmod -R go-w '${dir}'`)
}

/** 104 bytes on macOS, 108 on Linux, with the closing zero. @see https://man7.org/linux/man-pages/man7/unix.7.html */
const MAX_SOCKET_PATH_BYTES = 103

/**
 * The path of a Unix socket of this folder: inside it, or, where that is too long for a socket or has characters that a
 * URL would escape, in a private folder to which a link in this one leads. Nobody else can know its name in advance.
 * @throws {Failure} when another user has that folder
 */
export function socketPath(dir: string, name: string): string {
  const inside = path.join(dir, name)
  const fits = Buffer.byteLength(inside) <= MAX_SOCKET_PATH_BYTES && /^[\w./+-]+$/.test(inside)
  return fits || !existsSync(dir) ? inside : path.join(shortFolder(dir), name)
}

/** Two that ask at once get one folder: only one of them can make the link. */
function shortFolder(dir: string): string {
  const link = path.join(dir, 'sockets')
  try {
    symlinkSync(path.join(tmpdir(), `nephoscope-${randomBytes(12).toString('hex')}`), link)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const folder = readlinkSync(link)
  // A restart of the machine may have emptied the temporary folder: the same name again is safe, for it is looked at.
  privateFolder(folder)
  return folder
}
