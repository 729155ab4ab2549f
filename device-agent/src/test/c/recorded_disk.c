// A disk that remembers in which order it was written and flushed, for power cuts made up afterwards.
//
//   recorded_disk IMAGE FOLDER LOG
//
// Shows IMAGE as FOLDER/disk (FUSE, spoken directly; Linux, root). A loop device on it is a block device whose writes and
// flushes come here one by one, and are appended to LOG, in the byte order of this machine:
//   u32 'W', u64 offset, u32 length, then the bytes      a write, in the order the disk saw it
//   u32 'F', u64 0, u32 0                                a flush: everything before it is on the medium now
// Prints "ready" and ends when FOLDER is unmounted. No flush ever reaches the real disk: this is for cuts of a pretended one.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MOST_WRITE = 128 * 1024, BUFFER = MOST_WRITE + 64 * 1024, ROOT = 1, DISK = 2 };

static int device, image, record;
static uint64_t size;
static char request[BUFFER], data[BUFFER];

static void die(const char *what) {
    perror(what);
    exit(1);
}

static void answer(uint64_t unique, int error, const void *body, size_t length) {
    struct fuse_out_header head = {.len = (uint32_t)(sizeof head + (error ? 0 : length)), .error = error, .unique = unique};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)(uintptr_t)body, error ? 0 : length}};
    // ENOENT: the request was given up meanwhile.
    if (writev(device, parts, 2) < 0 && errno != ENOENT) die("answer");
}

static void put(uint32_t type, uint64_t offset, const void *bytes, uint32_t length) {
    char head[16];
    memcpy(head, &type, 4);
    memcpy(head + 4, &offset, 8);
    memcpy(head + 12, &length, 4);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)(uintptr_t)bytes, length}};
    if (writev(record, parts, 2) != (ssize_t)(sizeof head + length)) die("log");
}

static struct fuse_attr attributes(uint64_t node) {
    struct fuse_attr a = {.ino = node, .nlink = 1, .blksize = 4096};
    a.mode = node == ROOT ? S_IFDIR | 0700 : S_IFREG | 0600;
    a.size = node == ROOT ? 0 : size;
    a.blocks = a.size / 512;
    return a;
}

static void serve(const struct fuse_in_header *in, const void *body) {
    switch (in->opcode) {
        case FUSE_INIT: {
            struct fuse_init_out out = {.major = FUSE_KERNEL_VERSION, .minor = FUSE_KERNEL_MINOR_VERSION,
                .max_readahead = 65536, .flags = FUSE_BIG_WRITES, .max_background = 16, .congestion_threshold = 12,
                .max_write = MOST_WRITE, .time_gran = 1};
            answer(in->unique, 0, &out, sizeof out);
            break;
        }
        case FUSE_LOOKUP: {
            struct fuse_entry_out out = {.nodeid = DISK, .entry_valid = 3600, .attr_valid = 3600, .attr = attributes(DISK)};
            answer(in->unique, in->nodeid == ROOT && !strcmp(body, "disk") ? 0 : -ENOENT, &out, sizeof out);
            break;
        }
        case FUSE_GETATTR:
        case FUSE_SETATTR: {
            struct fuse_attr_out out = {.attr_valid = 3600, .attr = attributes(in->nodeid)};
            answer(in->unique, 0, &out, sizeof out);
            break;
        }
        case FUSE_OPEN:
        case FUSE_OPENDIR: {
            struct fuse_open_out out = {.fh = 0};
            answer(in->unique, 0, &out, sizeof out);
            break;
        }
        case FUSE_READ: {
            const struct fuse_read_in *read = body;
            ssize_t got = pread(image, data, read->size < MOST_WRITE ? read->size : MOST_WRITE, (off_t)read->offset);
            answer(in->unique, got < 0 ? -EIO : 0, data, got < 0 ? 0 : (size_t)got);
            break;
        }
        case FUSE_WRITE: {
            const struct fuse_write_in *write = body;
            const char *bytes = (const char *)body + sizeof *write;
            put('W', write->offset, bytes, write->size);
            ssize_t put_there = pwrite(image, bytes, write->size, (off_t)write->offset);
            struct fuse_write_out out = {.size = write->size};
            answer(in->unique, put_there == (ssize_t)write->size ? 0 : -EIO, &out, sizeof out);
            break;
        }
        case FUSE_FSYNC:
            put('F', 0, "", 0);
            answer(in->unique, 0, NULL, 0);
            break;
        case FUSE_STATFS: {
            struct fuse_statfs_out out = {.st = {.bsize = 4096, .frsize = 4096, .namelen = 255}};
            answer(in->unique, 0, &out, sizeof out);
            break;
        }
        case FUSE_FLUSH:
        case FUSE_RELEASE:
        case FUSE_RELEASEDIR:
        case FUSE_DESTROY:
            answer(in->unique, 0, NULL, 0);
            break;
        case FUSE_FORGET:
        case FUSE_BATCH_FORGET:
        case FUSE_INTERRUPT:
            break;
        default:
            answer(in->unique, -ENOSYS, NULL, 0);
    }
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: recorded_disk IMAGE FOLDER LOG\n");
        return 2;
    }
    struct stat status;
    if ((image = open(argv[1], O_RDWR | O_CLOEXEC)) < 0 || fstat(image, &status) < 0) die(argv[1]);
    size = (uint64_t)status.st_size;
    if ((record = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600)) < 0) die(argv[3]);
    if ((device = open("/dev/fuse", O_RDWR | O_CLOEXEC)) < 0) die("/dev/fuse");
    char options[100];
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", device);
    if (mount("recorded_disk", argv[2], "fuse.recorded_disk", MS_NODEV | MS_NOSUID, options) < 0) die("mount");
    printf("ready\n");
    fflush(stdout);
    for (;;) { // Ends when it is unmounted.
        ssize_t got = read(device, request, sizeof request);
        if (got < 0 && (errno == EINTR || errno == EAGAIN || errno == ENOENT)) continue;
        if (got < 0 && errno == ENODEV) return 0;
        if (got < (ssize_t)sizeof(struct fuse_in_header)) die("request");
        serve((const struct fuse_in_header *)request, request + sizeof(struct fuse_in_header));
    }
}
