import {
  array,
  bits,
  chars,
  fixedChars,
  hyper,
  int,
  optional,
  string,
  struct,
  uhyper,
  uint,
  uuid,
  type Codec,
  type Fields,
  type Struct,
} from "./codec.js";
import {
  blockJobMessage,
  deviceRemovedMessage,
  dhcpLease,
  domain,
  domainInterface,
  domainSnapshot,
  domainStatsRecord,
  graphicsMessage,
  hostInterface,
  ioErrorMessage,
  lifecycleMessage,
  memoryStat,
  network,
  nodeStat,
  nwfilter,
  nwfilterBinding,
  rebootMessage,
  storagePool,
  storageVol,
  typedParam,
} from "./structures.js";

/**
 * The procedures of libvirt's remote protocol, one line each: number, arguments and results in wire order. Types and
 * codec derive from it, so that a further procedure is a further line. Numbers and orders: libvirt's
 * src/remote/remote_protocol.x and qemu_protocol.x, which never change what they have once published.
 */
export interface Procedure<A extends Fields, R extends Fields> {
  readonly program: number;
  readonly number: number;
  readonly args: Codec<Struct<A>>;
  readonly results: Codec<Struct<R>>;
  /** Whether the daemon answers it even while guests hang: "priority: high" in libvirt's protocol description. */
  readonly quick: boolean;
}

/** A message that the daemon sends by itself. */
export interface EventMessage<A extends Fields> {
  readonly program: number;
  readonly number: number;
  readonly message: Codec<Struct<A>>;
}

export const PROGRAM_REMOTE = 0x20008086;
export const PROGRAM_QEMU = 0x20008087;
export const PROGRAM_KEEPALIVE = 0x6b656570;

function callOf(program: number, quick: boolean) {
  return <A extends Fields, R extends Fields>(number: number, args: A, results: R): Procedure<A, R> => ({
    program,
    number,
    args: struct(args),
    results: struct(results),
    quick,
  });
}

function eventOf(program: number) {
  return <A extends Fields>(number: number, message: A): EventMessage<A> => ({
    program,
    number,
    message: struct(message),
  });
}

const call = callOf(PROGRAM_REMOTE, false);
const quick = callOf(PROGRAM_REMOTE, true);
const event = eventOf(PROGRAM_REMOTE);
const qemuCall = callOf(PROGRAM_QEMU, false);
const qemuEvent = eventOf(PROGRAM_QEMU);

// prettier-ignore
export const procedures = {
  // Connection and node
  AUTH_LIST: quick(66, {}, { types: array(int) }),
  AUTH_SASL_INIT: quick(67, {}, { mechlist: string }),
  AUTH_SASL_START: quick(68, { mech: string, nil: int, data: chars }, { complete: int, nil: int, data: chars }),
  AUTH_SASL_STEP: quick(69, { nil: int, data: chars }, { complete: int, nil: int, data: chars }),
  AUTH_POLKIT: quick(70, {}, { complete: int }),
  CONNECT_OPEN: call(1, { name: optional(string), flags: bits }, {}),
  CONNECT_CLOSE: call(2, {}, {}),
  CONNECT_GET_TYPE: call(3, {}, { type: string }),
  CONNECT_GET_VERSION: call(4, {}, { hvVer: uhyper }),
  CONNECT_GET_LIB_VERSION: quick(157, {}, { libVer: uhyper }),
  CONNECT_GET_HOSTNAME: call(59, {}, { hostname: string }),
  CONNECT_GET_URI: quick(110, {}, { uri: string }),
  CONNECT_GET_CAPABILITIES: call(7, {}, { capabilities: string }),
  CONNECT_GET_DOMAIN_CAPABILITIES: call(342, { emulatorbin: optional(string), arch: optional(string), machine: optional(string), virttype: optional(string), flags: bits }, { capabilities: string }),
  CONNECT_DOMAIN_XML_TO_NATIVE: call(136, { nativeFormat: string, domainXml: string, flags: bits }, { nativeConfig: string }),
  CONNECT_SUPPORTS_FEATURE: quick(60, { feature: int }, { supported: int }),
  CONNECT_GET_MAX_VCPUS: call(5, { type: optional(string) }, { maxVcpus: int }),
  CONNECT_GET_ALL_DOMAIN_STATS: call(344, { doms: array(domain), stats: bits, flags: bits }, { retStats: array(domainStatsRecord) }),
  CONNECT_LIST_ALL_DOMAINS: quick(273, { needResults: int, flags: bits }, { domains: array(domain), ret: uint }),
  CONNECT_LIST_ALL_NETWORKS: quick(283, { needResults: int, flags: bits }, { nets: array(network), ret: uint }),
  CONNECT_LIST_ALL_STORAGE_POOLS: quick(281, { needResults: int, flags: bits }, { pools: array(storagePool), ret: uint }),
  CONNECT_LIST_ALL_INTERFACES: quick(284, { needResults: int, flags: bits }, { ifaces: array(hostInterface), ret: uint }),
  CONNECT_LIST_ALL_NWFILTERS: quick(286, { needResults: int, flags: bits }, { filters: array(nwfilter), ret: uint }),
  CONNECT_DOMAIN_EVENT_REGISTER_ANY: quick(167, { eventId: int }, {}),
  CONNECT_DOMAIN_EVENT_DEREGISTER_ANY: quick(168, { eventId: int }, {}),
  CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY: quick(316, { eventId: int, dom: optional(domain) }, { callbackId: int }),
  CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY: quick(317, { callbackId: int }, {}),
  CONNECT_NETWORK_EVENT_REGISTER_ANY: quick(313, { eventId: int, net: optional(network) }, { callbackId: int }),
  CONNECT_NETWORK_EVENT_DEREGISTER_ANY: quick(314, { callbackId: int }, {}),
  CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY: call(368, { eventId: int, pool: optional(storagePool) }, { callbackId: int }),
  CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY: call(369, { callbackId: int }, {}),
  CONNECT_REGISTER_CLOSE_CALLBACK: call(360, {}, {}),
  CONNECT_UNREGISTER_CLOSE_CALLBACK: call(361, {}, {}),
  NODE_GET_INFO: call(6, {}, { model: fixedChars(32), memory: uhyper, cpus: int, mhz: int, nodes: int, sockets: int, cores: int, threads: int }),
  NODE_GET_FREE_MEMORY: quick(102, {}, { freeMem: uhyper }),
  NODE_GET_CPU_STATS: quick(227, { cpuNum: int, nparams: int, flags: bits }, { params: array(nodeStat), nparams: int }),
  NODE_GET_MEMORY_STATS: quick(228, { nparams: int, cellNum: int, flags: bits }, { params: array(nodeStat), nparams: int }),

  // Domains
  DOMAIN_LOOKUP_BY_NAME: quick(23, { name: string }, { dom: domain }),
  DOMAIN_LOOKUP_BY_UUID: quick(24, { uuid }, { dom: domain }),
  DOMAIN_DEFINE_XML: call(11, { xml: string }, { dom: domain }),
  DOMAIN_DEFINE_XML_FLAGS: quick(350, { xml: string, flags: bits }, { dom: domain }),
  DOMAIN_CREATE_XML: call(10, { xmlDesc: string, flags: bits }, { dom: domain }),
  DOMAIN_CREATE: call(9, { dom: domain }, {}),
  DOMAIN_CREATE_WITH_FLAGS: call(196, { dom: domain, flags: bits }, { dom: domain }),
  DOMAIN_DESTROY: call(12, { dom: domain }, {}),
  DOMAIN_DESTROY_FLAGS: quick(234, { dom: domain, flags: bits }, {}),
  DOMAIN_SHUTDOWN: call(33, { dom: domain }, {}),
  DOMAIN_SHUTDOWN_FLAGS: call(258, { dom: domain, flags: bits }, {}),
  DOMAIN_REBOOT: call(27, { dom: domain, flags: bits }, {}),
  DOMAIN_RESET: call(245, { dom: domain, flags: bits }, {}),
  DOMAIN_SUSPEND: call(34, { dom: domain }, {}),
  DOMAIN_RESUME: call(28, { dom: domain }, {}),
  DOMAIN_MANAGED_SAVE: call(182, { dom: domain, flags: bits }, {}),
  DOMAIN_MANAGED_SAVE_REMOVE: call(184, { dom: domain, flags: bits }, {}),
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: call(183, { dom: domain, flags: bits }, { result: int }),
  DOMAIN_UNDEFINE: quick(35, { dom: domain }, {}),
  DOMAIN_UNDEFINE_FLAGS: quick(231, { dom: domain, flags: bits }, {}),
  DOMAIN_GET_INFO: call(16, { dom: domain }, { state: uint, maxMem: uhyper, memory: uhyper, nrVirtCpu: uint, cpuTime: uhyper }),
  DOMAIN_GET_STATE: quick(212, { dom: domain, flags: bits }, { state: int, reason: int }),
  DOMAIN_GET_XML_DESC: call(14, { dom: domain, flags: bits }, { xml: string }),
  DOMAIN_GET_METADATA: call(265, { dom: domain, type: int, uri: optional(string), flags: bits }, { metadata: string }),
  DOMAIN_SET_METADATA: call(264, { dom: domain, type: int, metadata: optional(string), key: optional(string), uri: optional(string), flags: bits }, {}),
  DOMAIN_ATTACH_DEVICE_FLAGS: call(160, { dom: domain, xml: string, flags: bits }, {}),
  DOMAIN_DETACH_DEVICE_FLAGS: call(161, { dom: domain, xml: string, flags: bits }, {}),
  DOMAIN_UPDATE_DEVICE_FLAGS: call(174, { dom: domain, xml: string, flags: bits }, {}),
  DOMAIN_SET_AUTOSTART: quick(29, { dom: domain, autostart: int }, {}),
  DOMAIN_GET_AUTOSTART: call(15, { dom: domain }, { autostart: int }),
  DOMAIN_OPEN_CONSOLE: call(201, { dom: domain, devName: optional(string), flags: bits }, {}),
  DOMAIN_OPEN_CHANNEL: call(296, { dom: domain, name: optional(string), flags: bits }, {}),
  DOMAIN_OPEN_GRAPHICS: call(249, { dom: domain, idx: uint, flags: bits }, {}),
  DOMAIN_OPEN_GRAPHICS_FD: call(343, { dom: domain, idx: uint, flags: bits }, {}),
  DOMAIN_SCREENSHOT: call(211, { dom: domain, screen: uint, flags: bits }, { mime: optional(string) }),
  DOMAIN_INTERFACE_ADDRESSES: call(353, { dom: domain, source: uint, flags: bits }, { ifaces: array(domainInterface) }),
  DOMAIN_INTERFACE_STATS: quick(65, { dom: domain, device: string }, { rxBytes: hyper, rxPackets: hyper, rxErrs: hyper, rxDrop: hyper, txBytes: hyper, txPackets: hyper, txErrs: hyper, txDrop: hyper }),
  DOMAIN_BLOCK_STATS: call(64, { dom: domain, path: string }, { rdReq: hyper, rdBytes: hyper, wrReq: hyper, wrBytes: hyper, errs: hyper }),
  DOMAIN_GET_BLOCK_INFO: call(194, { dom: domain, path: string, flags: bits }, { allocation: uhyper, capacity: uhyper, physical: uhyper }),
  DOMAIN_BLOCK_RESIZE: call(251, { dom: domain, disk: string, size: uhyper, flags: bits }, {}),
  DOMAIN_SET_INTERFACE_PARAMETERS: call(256, { dom: domain, device: string, params: array(typedParam), flags: bits }, {}),
  DOMAIN_GET_INTERFACE_PARAMETERS: call(257, { dom: domain, device: string, nparams: int, flags: bits }, { params: array(typedParam), nparams: int }),
  DOMAIN_SET_VCPUS_FLAGS: call(199, { dom: domain, nvcpus: uint, flags: bits }, {}),
  DOMAIN_SET_MEMORY_FLAGS: call(204, { dom: domain, memory: uhyper, flags: bits }, {}),
  DOMAIN_SEND_KEY: call(226, { dom: domain, codeset: uint, holdtime: uint, keycodes: array(uint), flags: bits }, {}),
  DOMAIN_RENAME: call(358, { dom: domain, newName: optional(string), flags: bits }, { retcode: int }),
  DOMAIN_IS_ACTIVE: quick(150, { dom: domain }, { active: int }),
  DOMAIN_IS_PERSISTENT: quick(151, { dom: domain }, { persistent: int }),
  DOMAIN_MEMORY_STATS: call(159, { dom: domain, maxStats: uint, flags: bits }, { stats: array(memoryStat) }),
  DOMAIN_SNAPSHOT_CREATE_XML: call(185, { dom: domain, xmlDesc: string, flags: bits }, { snap: domainSnapshot }),
  DOMAIN_LIST_ALL_SNAPSHOTS: quick(274, { dom: domain, needResults: int, flags: bits }, { snapshots: array(domainSnapshot), ret: int }),
  DOMAIN_SNAPSHOT_LOOKUP_BY_NAME: quick(189, { dom: domain, name: string, flags: bits }, { snap: domainSnapshot }),
  DOMAIN_SNAPSHOT_GET_XML_DESC: quick(186, { snap: domainSnapshot, flags: bits }, { xml: string }),
  DOMAIN_REVERT_TO_SNAPSHOT: call(192, { snap: domainSnapshot, flags: bits }, {}),
  DOMAIN_SNAPSHOT_DELETE: call(193, { snap: domainSnapshot, flags: bits }, {}),
  DOMAIN_SNAPSHOT_CURRENT: call(191, { dom: domain, flags: bits }, { snap: domainSnapshot }),
  DOMAIN_GET_JOB_STATS: call(298, { dom: domain, flags: bits }, { type: int, params: array(typedParam) }),
  DOMAIN_ABORT_JOB: call(164, { dom: domain }, {}),
  DOMAIN_FSFREEZE: call(335, { dom: domain, mountpoints: array(string), flags: bits }, { filesystems: int }),
  DOMAIN_FSTHAW: call(336, { dom: domain, mountpoints: array(string), flags: bits }, { filesystems: int }),
  DOMAIN_GET_GUEST_INFO: call(418, { dom: domain, types: bits, flags: bits }, { params: array(typedParam) }),
  DOMAIN_AUTHORIZED_SSH_KEYS_SET: call(425, { dom: domain, user: string, keys: array(string), flags: bits }, {}),
  DOMAIN_GET_MESSAGES: call(426, { dom: domain, flags: bits }, { msgs: array(string) }),

  // Networks
  NETWORK_LOOKUP_BY_NAME: quick(46, { name: string }, { net: network }),
  NETWORK_LOOKUP_BY_UUID: quick(47, { uuid }, { net: network }),
  NETWORK_DEFINE_XML: quick(41, { xml: string }, { net: network }),
  NETWORK_DEFINE_XML_FLAGS: call(432, { xml: string, flags: bits }, { net: network }),
  NETWORK_CREATE_XML: call(40, { xml: string }, { net: network }),
  NETWORK_CREATE: call(39, { net: network }, {}),
  NETWORK_DESTROY: quick(42, { net: network }, {}),
  NETWORK_UNDEFINE: quick(49, { net: network }, {}),
  NETWORK_UPDATE: quick(291, { net: network, command: uint, section: uint, parentIndex: int, xml: string, flags: bits }, {}),
  NETWORK_GET_XML_DESC: quick(43, { net: network, flags: bits }, { xml: string }),
  NETWORK_GET_BRIDGE_NAME: quick(45, { net: network }, { name: string }),
  NETWORK_SET_AUTOSTART: quick(48, { net: network, autostart: int }, {}),
  NETWORK_GET_AUTOSTART: quick(44, { net: network }, { autostart: int }),
  NETWORK_IS_ACTIVE: quick(152, { net: network }, { active: int }),
  NETWORK_GET_DHCP_LEASES: call(341, { net: network, mac: optional(string), needResults: int, flags: bits }, { leases: array(dhcpLease), ret: uint }),
  NETWORK_SET_METADATA: call(444, { optNetwork: network, type: int, metadata: optional(string), key: optional(string), uri: optional(string), flags: bits }, {}),
  NETWORK_GET_METADATA: call(445, { optNetwork: network, type: int, uri: optional(string), flags: bits }, { metadata: string }),

  // Storage
  STORAGE_POOL_LOOKUP_BY_NAME: quick(84, { name: string }, { pool: storagePool }),
  STORAGE_POOL_LOOKUP_BY_UUID: quick(85, { uuid }, { pool: storagePool }),
  STORAGE_POOL_LOOKUP_BY_TARGET_PATH: call(391, { path: string }, { pool: storagePool }),
  STORAGE_POOL_LOOKUP_BY_VOLUME: quick(86, { vol: storageVol }, { pool: storagePool }),
  STORAGE_POOL_DEFINE_XML: quick(77, { xml: string, flags: bits }, { pool: storagePool }),
  STORAGE_POOL_CREATE_XML: call(76, { xml: string, flags: bits }, { pool: storagePool }),
  STORAGE_POOL_CREATE: call(78, { pool: storagePool, flags: bits }, {}),
  STORAGE_POOL_BUILD: call(79, { pool: storagePool, flags: bits }, {}),
  STORAGE_POOL_REFRESH: call(83, { pool: storagePool, flags: bits }, {}),
  STORAGE_POOL_DESTROY: quick(80, { pool: storagePool }, {}),
  STORAGE_POOL_DELETE: call(81, { pool: storagePool, flags: bits }, {}),
  STORAGE_POOL_UNDEFINE: quick(82, { pool: storagePool }, {}),
  STORAGE_POOL_GET_INFO: quick(87, { pool: storagePool }, { state: uint, capacity: uhyper, allocation: uhyper, available: uhyper }),
  STORAGE_POOL_GET_XML_DESC: quick(88, { pool: storagePool, flags: bits }, { xml: string }),
  STORAGE_POOL_SET_AUTOSTART: quick(90, { pool: storagePool, autostart: int }, {}),
  STORAGE_POOL_GET_AUTOSTART: quick(89, { pool: storagePool }, { autostart: int }),
  STORAGE_POOL_IS_ACTIVE: quick(154, { pool: storagePool }, { active: int }),
  STORAGE_POOL_LIST_ALL_VOLUMES: quick(282, { pool: storagePool, needResults: int, flags: bits }, { vols: array(storageVol), ret: uint }),
  STORAGE_VOL_LOOKUP_BY_NAME: quick(95, { pool: storagePool, name: string }, { vol: storageVol }),
  STORAGE_VOL_LOOKUP_BY_KEY: quick(96, { key: string }, { vol: storageVol }),
  STORAGE_VOL_LOOKUP_BY_PATH: quick(97, { path: string }, { vol: storageVol }),
  STORAGE_VOL_CREATE_XML: call(93, { pool: storagePool, xml: string, flags: bits }, { vol: storageVol }),
  STORAGE_VOL_CREATE_XML_FROM: call(125, { pool: storagePool, xml: string, clonevol: storageVol, flags: bits }, { vol: storageVol }),
  STORAGE_VOL_DELETE: call(94, { vol: storageVol, flags: bits }, {}),
  STORAGE_VOL_WIPE: call(165, { vol: storageVol, flags: bits }, {}),
  STORAGE_VOL_UPLOAD: call(208, { vol: storageVol, offset: uhyper, length: uhyper, flags: bits }, {}),
  STORAGE_VOL_DOWNLOAD: call(209, { vol: storageVol, offset: uhyper, length: uhyper, flags: bits }, {}),
  STORAGE_VOL_RESIZE: call(260, { vol: storageVol, capacity: uhyper, flags: bits }, {}),
  STORAGE_VOL_GET_INFO: quick(98, { vol: storageVol }, { type: int, capacity: uhyper, allocation: uhyper }),
  STORAGE_VOL_GET_INFO_FLAGS: call(378, { vol: storageVol, flags: bits }, { type: int, capacity: uhyper, allocation: uhyper }),
  STORAGE_VOL_GET_XML_DESC: quick(99, { vol: storageVol, flags: bits }, { xml: string }),
  STORAGE_VOL_GET_PATH: quick(100, { vol: storageVol }, { name: string }),

  // Filters and host interfaces
  NWFILTER_DEFINE_XML: quick(180, { xml: string }, { optNwfilter: nwfilter }),
  NWFILTER_LOOKUP_BY_NAME: quick(175, { name: string }, { optNwfilter: nwfilter }),
  NWFILTER_LOOKUP_BY_UUID: quick(176, { uuid }, { optNwfilter: nwfilter }),
  NWFILTER_GET_XML_DESC: quick(177, { optNwfilter: nwfilter, flags: bits }, { xml: string }),
  NWFILTER_UNDEFINE: quick(181, { optNwfilter: nwfilter }, {}),
  NWFILTER_BINDING_LOOKUP_BY_PORT_DEV: call(397, { name: string }, { optNwfilter: nwfilterBinding }),
  NWFILTER_BINDING_GET_XML_DESC: call(398, { optNwfilter: nwfilterBinding, flags: bits }, { xml: string }),
  NWFILTER_BINDING_CREATE_XML: call(399, { xml: string, flags: bits }, { optNwfilter: nwfilterBinding }),
  NWFILTER_BINDING_DELETE: call(400, { optNwfilter: nwfilterBinding }, {}),
  CONNECT_LIST_ALL_NWFILTER_BINDINGS: call(401, { needResults: int, flags: bits }, { bindings: array(nwfilterBinding), ret: uint }),
  INTERFACE_GET_XML_DESC: call(130, { iface: hostInterface, flags: bits }, { xml: string }),

  // Program qemu
  QEMU_DOMAIN_MONITOR_COMMAND: qemuCall(1, { dom: domain, cmd: string, flags: bits }, { result: string }),
  QEMU_DOMAIN_AGENT_COMMAND: qemuCall(3, { dom: domain, cmd: string, timeout: int, flags: bits }, { result: optional(string) }),
  QEMU_CONNECT_DOMAIN_MONITOR_EVENT_REGISTER: qemuCall(4, { dom: optional(domain), event: optional(string), flags: bits }, { callbackId: int }),
  QEMU_CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER: qemuCall(5, { callbackId: int }, {}),
} as const;

// prettier-ignore
export const messages = {
  DOMAIN_EVENT_CALLBACK_LIFECYCLE: event(318, { callbackId: int, msg: lifecycleMessage }),
  DOMAIN_EVENT_CALLBACK_REBOOT: event(319, { callbackId: int, msg: rebootMessage }),
  DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON: event(324, { callbackId: int, msg: ioErrorMessage }),
  DOMAIN_EVENT_CALLBACK_GRAPHICS: event(323, { callbackId: int, msg: graphicsMessage }),
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED: event(333, { callbackId: int, msg: deviceRemovedMessage }),
  DOMAIN_EVENT_CALLBACK_DEVICE_ADDED: event(354, { callbackId: int, dom: domain, devAlias: string }),
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED: event(367, { callbackId: int, dom: domain, devAlias: string }),
  DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE: event(348, { callbackId: int, dom: domain, state: int, reason: int }),
  DOMAIN_EVENT_CALLBACK_METADATA_CHANGE: event(379, { callbackId: int, dom: domain, type: int, nsuri: optional(string) }),
  DOMAIN_EVENT_CALLBACK_JOB_COMPLETED: event(363, { callbackId: int, dom: domain, params: array(typedParam) }),
  DOMAIN_EVENT_CALLBACK_BLOCK_JOB: event(326, { callbackId: int, msg: blockJobMessage }),
  NETWORK_EVENT_LIFECYCLE: event(315, { callbackId: int, net: network, event: int, detail: int }),
  STORAGE_POOL_EVENT_LIFECYCLE: event(370, { callbackId: int, pool: storagePool, event: int, detail: int }),
  STORAGE_POOL_EVENT_REFRESH: event(373, { callbackId: int, pool: storagePool }),
  CONNECT_EVENT_CONNECTION_CLOSED: event(362, { reason: int }),
  QEMU_DOMAIN_MONITOR_EVENT: qemuEvent(6, { callbackId: int, dom: domain, event: string, seconds: hyper, micros: uint, details: optional(string) }),
} as const;
