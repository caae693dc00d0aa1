import { CODE_LENGTH, codeAlphabet } from '../../shared/domain/pairing.ts'

/**
 * A code of six characters, each as likely as any other.
 * @param randomInt a whole number from 0 to below what it is given, from a source that cannot be foreseen
 */
export const pairingCode = (randomInt: (below: number) => number): string =>
  Array.from({ length: CODE_LENGTH }, () => codeAlphabet.charAt(randomInt(codeAlphabet.length))).join('')
