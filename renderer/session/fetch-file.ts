/** Has the browser download what waits at an address, under this name. */
export function fetchFile(href: string, name: string): void {
  const link = window.document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}
