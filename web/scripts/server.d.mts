export interface Account {
  login: string
  password: string
  who: string
}
export interface TestServer {
  url: string
  accounts: Record<string, Account>
  folder: string
  log(): string
  stop(): Promise<void>
}
export const patience: number
export const projectRoot: string
export function binary(): string
export function accountsIn(data: string): Record<string, Account>
export function makeCity(data: string, days?: number | null, more?: string[]): void
export function startServer(options?: { days?: number | null; demo?: string[]; config?: object; pages?: string; data?: string; copyOf?: string }): Promise<TestServer>
