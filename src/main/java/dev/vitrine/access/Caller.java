package dev.vitrine.access;

import jakarta.enterprise.context.RequestScoped;

/** Who makes the call that is being answered. Known on calls with {@link RequiresRole}. */
@RequestScoped
public class Caller {
    private String name = "";
    private String address = "";

    public String name() {
        return name;
    }

    public String address() {
        return address;
    }

    void is(String name, String address) {
        this.name = name;
        this.address = address;
    }
}
