package dev.vitrine.demo;

import java.util.List;

/** What brings people into the shop: a product of the {@code anchor} category, and what goes with it, likeliest first. */
record DemoInterest(int weight, String anchor, List<String> companions, List<String> searches) {
    static final List<DemoInterest> ALL = List.of(
            of(
                    12,
                    "sport/yoga/mats",
                    "sport/yoga/rollers, sport/yoga/towels, sport/yoga/blocks, sport/yoga/kits, sport/yoga/bags,"
                            + " sport/yoga/clothing, sport/yoga/cushions",
                    "yoga mat, yoga set, non-slip mat"),
            of(
                    12,
                    "sport/running/shoes",
                    "sport/running/socks, sport/running/clothing, sport/running/bottles, electronics/wearables/watches,"
                            + " sport/running/kits",
                    "running shoes, trail shoes, marathon"),
            of(6, "sport/fitness/weights", "sport/fitness/bands, sport/yoga/rollers, sport/yoga/mats", "dumbbells"),
            of(
                    7,
                    "sport/outdoor/tents",
                    "sport/outdoor/sleeping-bags, sport/outdoor/lamps, sport/outdoor/cooking,"
                            + " sport/outdoor/backpacks, sport/outdoor/kits",
                    "tent, camping, light tent"),
            of(
                    4,
                    "sport/cycling/helmets",
                    "sport/cycling/lights, sport/cycling/locks, sport/cycling/clothing, sport/cycling/tools",
                    "bike helmet, bicycle light"),
            of(
                    3,
                    "sport/swimming/goggles",
                    "sport/swimming/caps, sport/swimming/bags, sport/swimming/training",
                    "swimming goggles"),
            of(
                    9,
                    "home/kitchen/coffee",
                    "home/kitchen/coffee#grinder, home/kitchen/kettles, home/kitchen/tableware," + " home/kitchen/kits",
                    "espresso machine, coffee grinder, pour over"),
            of(
                    6,
                    "home/kitchen/kettles",
                    "home/kitchen/toasters, home/kitchen/tableware, home/kitchen/coffee",
                    "kettle, toaster"),
            of(
                    8,
                    "home/kitchen/pans",
                    "home/kitchen/knives, home/kitchen/mixers, home/kitchen/tableware, home/kitchen/storage",
                    "pan, iron pan, pot set"),
            of(
                    6,
                    "home/grooming/razors",
                    "home/grooming/shaving, home/grooming/kits, home/grooming/hair",
                    "razor, electric shaver, shaving set"),
            of(
                    7,
                    "home/bedroom/bedding",
                    "home/bedroom/pillows, home/bedroom/blankets, home/bath/towels, home/bath/robes",
                    "linen bedding, bedding"),
            of(
                    5,
                    "home/light/lamps",
                    "home/light/bulbs, home/light/candles, electronics/smart-home/plugs",
                    "desk lamp"),
            of(
                    14,
                    "electronics/phones/smartphones",
                    "electronics/phones/cases, electronics/phones/chargers, electronics/audio/headphones,"
                            + " electronics/phones/kits, electronics/phones/holders",
                    "smartphone, nova 12, phone with good camera"),
            of(
                    8,
                    "electronics/audio/headphones",
                    "electronics/audio/speakers, electronics/phones/chargers",
                    "headphones, earbuds, noise cancelling"),
            of(
                    8,
                    "electronics/computers/laptops",
                    "electronics/computers/mice, electronics/computers/hubs, electronics/computers/stands,"
                            + " electronics/computers/keyboards, electronics/computers/bags,"
                            + " electronics/computers/monitors, electronics/computers/webcams,"
                            + " electronics/computers/kits, electronics/computers/tablets",
                    "laptop, light laptop, monitor"),
            of(4, "electronics/photo/cameras", "electronics/photo/supplies", "camera, instant camera"),
            of(
                    5,
                    "electronics/wearables/watches",
                    "electronics/wearables/straps, sport/running/bottles, electronics/audio/headphones",
                    "sport watch, smart watch"),
            of(
                    3,
                    "electronics/games/consoles",
                    "electronics/games/controllers, electronics/games/games, electronics/games/headsets",
                    "playbox"),
            of(
                    3,
                    "electronics/smart-home/plugs",
                    "electronics/smart-home/heating, electronics/smart-home/cameras, electronics/smart-home/sensors,"
                            + " home/light/bulbs",
                    "smart home, thermostat"));

    private static DemoInterest of(int weight, String anchor, String companions, String searches) {
        return new DemoInterest(weight, anchor, List.of(companions.split(", ")), List.of(searches.split(", ")));
    }
}
