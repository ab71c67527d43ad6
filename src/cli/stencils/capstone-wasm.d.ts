/** The part of capstone-wasm that is used: its own declarations are not reachable through its package.json. */
declare module 'capstone-wasm' {
  export const Const: Readonly<Record<string, number>>;
  export function loadCapstone(): Promise<void>;
  export interface Instruction {
    readonly address: number | bigint;
    readonly size: number;
    readonly mnemonic: string;
    readonly opStr: string;
  }
  export class Capstone {
    constructor(architecture: number, mode: number);
    disasm(code: Uint8Array, options?: { address?: number }): Instruction[];
    close(): void;
  }
}
