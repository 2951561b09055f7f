#include "CBuiltInPacks.h"

// To add a pack: embed its files here and list them below, the pack with the name that it gives
// itself, other files with NULL. A test compares the list with the Rules folder.

static const unsigned char aws_connect_start_chat_contact[] = {
#embed "../../Rules/aws/connect/start-chat-contact.yaml"
};

static const unsigned char aws_connect_start_chat_contact_schema[] = {
#embed "../../Rules/aws/connect/start-chat-contact.schema.yaml"
};

#define FILE_OF(pack, path, bytes) {pack, path, bytes, sizeof(bytes)}

static const RequisiteBuiltInFile files[] = {
    FILE_OF("aws-connect-chat", "aws/connect/start-chat-contact.yaml",
            aws_connect_start_chat_contact),
    FILE_OF(NULL, "aws/connect/start-chat-contact.schema.yaml",
            aws_connect_start_chat_contact_schema),
};

const RequisiteBuiltInFile *requisite_built_in_files(size_t *count) {
  *count = sizeof(files) / sizeof(files[0]);
  return files;
}
