/** A machine without disk: its firmware talks on the serial console and then waits for something to boot from. */
export function machine(name: string, uuid: string, { devices = "", metadata = "" } = {}): string {
  return `
  <domain type='qemu'>
    <name>${name}</name><uuid>${uuid}</uuid>
    <metadata>${metadata}</metadata>
    <memory unit='MiB'>32</memory><vcpu>1</vcpu>
    <os><type arch='x86_64' machine='q35'>hvm</type><bios useserial='yes'/></os>
    <features><acpi/></features>
    <devices><serial type='pty'/><controller type='usb' model='none'/><memballoon model='none'/>${devices}</devices>
  </domain>`;
}
