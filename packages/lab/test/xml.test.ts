import { expect, it } from "vitest";
import { attributeOf, childOf, elementsIn, textOf } from "../src/xml.js";

const DEFINITION = `<domain type='kvm'>
  <metadata>
    <other:note xmlns:other='urn:other'>
      <metadata>
        of somebody else
      </metadata>
    </other:note>
  </metadata>
  <devices>
    <disk type='file' device='cdrom'/>
    <disk type='file' device='disk'>
      <source file='/a&amp;b'/>
    </disk>
    <disk type='file'>
      <source file='/c'/>
    </disk>
    <diskette type='file'>
      <source file='/d'/>
    </diskette>
  </devices>
</domain>
`;

it("finds the elements of a name in a definition, with what is in them", () => {
  const disks = elementsIn(DEFINITION, "disk");
  expect(disks.map((disk) => attributeOf(childOf(disk, "source"), "file"))).toEqual(["/a&b", "/c"]);
  const [metadata, ...more] = elementsIn(DEFINITION, "metadata");
  expect(more).toEqual([]);
  expect(textOf(childOf(metadata, "other:note", "metadata"))?.trim()).toBe("of somebody else");
  expect(elementsIn("<domain>\n  <metadata/>\n</domain>", "metadata")).toEqual([]);
});
