declare module 'bpmn-auto-layout' {
  /** The same diagram with coordinates. */
  export function layoutProcess(xml: string): Promise<string>
}
