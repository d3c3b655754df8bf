/*
 * l2frame: sends and receives Ethernet frames, for tests of what a link lets pass.
 *   l2frame send INTERFACE DESTINATION ETHERTYPE COUNT [LENGTH]
 *       ETHERTYPE in hex; 0 writes the length of the payload instead, as 802.3 does (STP, for instance). With 8100 or 88a8 the
 *       frame carries VLAN 100 and the inner type 88b5. LENGTH counts from the destination to the end of the payload.
 *   l2frame receive INTERFACE SECONDS
 *       Prints "ready", then for each kind of frame that came from `l2frame send` elsewhere a line
 *       "DESTINATION ETHERTYPE COUNT LONGEST", then "end".
 */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MARK "LABSCAPE-L2"
#define LONGEST_FRAME 9300
#define MOST_KINDS 64

struct kind {
  unsigned char destination[ETH_ALEN];
  unsigned type;
  int count, longest;
};

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static int is_vlan(unsigned type) { return type == ETH_P_8021Q || type == ETH_P_8021AD; }

/*
 * Receives one frame; the kernel takes the outer VLAN tag out of it and tells it beside the frame. Returns the length with
 * the tag, and in *type the outermost type; 0 for a frame that we sent ourselves.
 */
static int receive_frame(int s, unsigned char frame[LONGEST_FRAME], unsigned *type) {
  struct sockaddr_ll from;
  struct iovec part = {.iov_base = frame, .iov_len = LONGEST_FRAME};
  union {
    char bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
    struct cmsghdr align;
  } beside;
  struct msghdr message = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = &part, .msg_iovlen = 1,
                           .msg_control = &beside, .msg_controllen = sizeof beside};
  int length = recvmsg(s, &message, 0);
  if (length < 0) fail("recvmsg");
  if (length < ETH_HLEN || from.sll_pkttype == PACKET_OUTGOING) return 0;
  *type = frame[12] << 8 | frame[13];
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level != SOL_PACKET || c->cmsg_type != PACKET_AUXDATA) continue;
    struct tpacket_auxdata about;
    memcpy(&about, CMSG_DATA(c), sizeof about);
    if (!(about.tp_status & TP_STATUS_VLAN_VALID)) continue;
    *type = about.tp_status & TP_STATUS_VLAN_TPID_VALID ? about.tp_vlan_tpid : ETH_P_8021Q;
    length += 4;
  }
  return length;
}

/* A raw socket on the interface; its index and hardware address in *index and mac. */
static int open_interface(const char *name, int *index, unsigned char mac[ETH_ALEN]) {
  struct ifreq request = {0};
  int s = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
  if (s < 0) fail("socket");
  strncpy(request.ifr_name, name, IFNAMSIZ - 1);
  if (ioctl(s, SIOCGIFINDEX, &request) < 0) fail(name);
  *index = request.ifr_ifindex;
  if (ioctl(s, SIOCGIFHWADDR, &request) < 0) fail(name);
  memcpy(mac, request.ifr_hwaddr.sa_data, ETH_ALEN);
  struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_ifindex = *index, .sll_protocol = htons(ETH_P_ALL)};
  if (bind(s, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
  return s;
}

static int send_frames(const char *interface, const char *destination, unsigned type, int count, int length) {
  unsigned char frame[LONGEST_FRAME] = {0}, mac[ETH_ALEN];
  int index, s = open_interface(interface, &index, mac);
  if (sscanf(destination, "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", frame, frame + 1, frame + 2, frame + 3, frame + 4, frame + 5) != 6 ||
      length < 64 || length > LONGEST_FRAME) {
    fprintf(stderr, "not a MAC address or not a length of 64 to %d\n", LONGEST_FRAME);
    return 2;
  }
  memcpy(frame + ETH_ALEN, mac, ETH_ALEN);
  unsigned written = type ? type : (unsigned)(length - ETH_HLEN);
  unsigned char *payload = frame + ETH_HLEN;
  payload[-2] = written >> 8;
  payload[-1] = written & 255;
  if (is_vlan(type)) {
    memcpy(payload, "\x00\x64\x88\xb5", 4);
    payload += 4;
  }
  memcpy(payload, MARK, sizeof MARK - 1);
  for (int i = 0; i < count; i++)
    if (send(s, frame, length, 0) != length) fail("send");
  printf("sent %d\n", count);
  return 0;
}

static int receive_frames(const char *interface, double seconds) {
  static struct kind kinds[MOST_KINDS];
  unsigned char frame[LONGEST_FRAME], mac[ETH_ALEN];
  int found = 0, index, s = open_interface(interface, &index, mac);
  struct packet_mreq promiscuous = {.mr_ifindex = index, .mr_type = PACKET_MR_PROMISC};
  if (setsockopt(s, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous, sizeof promiscuous) < 0) fail("promiscuous");
  int on = 1;
  if (setsockopt(s, SOL_PACKET, PACKET_AUXDATA, &on, sizeof on) < 0) fail("auxdata");
  puts("ready");
  fflush(stdout);
  double left, end = now() + seconds;
  while ((left = end - now()) > 0) {
    struct pollfd waiting = {.fd = s, .events = POLLIN};
    if (poll(&waiting, 1, (int)(left * 1000) + 1) <= 0) continue;
    unsigned type;
    int length = receive_frame(s, frame, &type);
    if (length < ETH_HLEN + (int)sizeof MARK || memcmp(frame + ETH_HLEN, MARK, sizeof MARK - 1)) continue;
    int i = 0;
    while (i < found && (memcmp(kinds[i].destination, frame, ETH_ALEN) || kinds[i].type != type)) i++;
    if (i == MOST_KINDS) continue;
    if (i == found) {
      memcpy(kinds[i].destination, frame, ETH_ALEN);
      kinds[i].type = type;
      found++;
    }
    kinds[i].count++;
    if (length > kinds[i].longest) kinds[i].longest = length;
  }
  for (struct kind *k = kinds; k < kinds + found; k++)
    printf("%02x:%02x:%02x:%02x:%02x:%02x %04x %d %d\n", k->destination[0], k->destination[1], k->destination[2],
           k->destination[3], k->destination[4], k->destination[5], k->type, k->count, k->longest);
  puts("end");
  return 0;
}

int main(int count, char **arguments) {
  if (count >= 6 && !strcmp(arguments[1], "send"))
    return send_frames(arguments[2], arguments[3], strtoul(arguments[4], NULL, 16), atoi(arguments[5]),
                       count > 6 ? atoi(arguments[6]) : 64);
  if (count == 4 && !strcmp(arguments[1], "receive")) return receive_frames(arguments[2], atof(arguments[3]));
  fprintf(stderr, "l2frame send INTERFACE DESTINATION ETHERTYPE COUNT [LENGTH]\nl2frame receive INTERFACE SECONDS\n");
  return 2;
}
