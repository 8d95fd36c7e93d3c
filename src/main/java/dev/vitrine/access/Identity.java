package dev.vitrine.access;

/** Who makes a call, and from where; the role is null and the name empty without a key. */
record Identity(String name, Role role, String address) {
    static Identity nobody(String address) {
        return new Identity("", null, address);
    }
}
