package dev.vitrine.rulebook.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class PreviewTableTest {
    private static JsonNode preview() throws Exception {
        return Json.MAPPER.readTree(
                """
                { "placement": "home-page", "overlap": 0.834, "at": "2026-12-05T20:00:00+01:00", "campaigns": [],
                  "live": { "edition": 12, "answer": { "items": [
                    { "sku": "a", "position": 1 }, { "sku": "b", "position": 2 }, { "sku": "c", "position": 3 } ] } },
                  "draft": { "answer": { "items": [
                    { "sku": "a", "position": 1 }, { "sku": "c", "position": 2 } ] } },
                  "moved": [
                    { "sku": "c", "name": "Blue mat", "live": 3, "draft": 2, "rules": [] },
                    { "sku": "b", "name": "Red mat of a length that no terminal has room for", "live": 2,
                      "rules": [ { "side": "draft", "rule": "Reds are hidden", "effect": "hide" },
                                 { "side": "live", "rule": "Reds first", "effect": "boost 2" } ] } ] }
                """);
    }

    @Test
    void bothListsStandSideBySide() throws Exception {
        assertThat(String.join("\n", new PreviewTable(preview(), Ansi.OFF).lines()))
                .isEqualTo(
                        """
                        home-page, edition 12 and this change; the lists are 83 % alike
                        As of 2026-12-05T20:00:00+01:00, while no campaign runs

                          #  before                                  after
                          1  a                                       a
                          2  b Red mat of a length that no termina…  c Blue mat  ↑ from 3
                          3  c Blue mat                              –

                        c Blue mat: 3 → 2
                            makes room for others, or takes theirs
                        b Red mat of a length that no termina…: 2 → –
                            now "Reds are hidden": hide
                            no longer "Reds first": boost 2""");
    }

    @Test
    void whatIsLaidOverAndWhatIsOddIsTold() throws Exception {
        JsonNode preview = Json.MAPPER.readTree(
                """
                { "placement": "home-page", "overlap": 1, "at": "2026-12-05T20:00:00Z", "campaigns": ["Sale", "Gifts"],
                  "scheduled": [ 7 ], "live": { "edition": 0, "answer": { "items": [] } },
                  "draft": { "answer": { "items": [] } }, "moved": [],
                  "withoutCampaigns": { "moved": [ { "sku": "a", "name": "Mat", "without": 4, "with": 1 },
                                                   { "sku": "b", "name": "Block", "without": 1 } ] },
                  "warnings": [ { "field": "campaigns[0].tags[0]", "value": "sael",
                                  "message": "No product has the tag 'sael'.", "cure": "Did you mean 'sale'?" } ] }
                """);
        assertThat(new PreviewTable(preview, Ansi.OFF).lines())
                .contains(
                        "home-page, the live edition with 1 scheduled change and this change; the lists are 100 % alike",
                        "As of 2026-12-05T20:00:00Z, during 'Sale', 'Gifts'",
                        "    a Mat: 4 → 1",
                        "    b Block: 1 → –",
                        "warning: campaigns[0].tags[0] No product has the tag 'sael'. Did you mean 'sale'?");
    }

    @Test
    void programsGetTheSame() throws Exception {
        assertThat(new PreviewTable(preview(), Ansi.OFF).json().toString())
                .startsWith(
                        "{\"placement\":\"home-page\",\"overlap\":0.834,\"at\":\"2026-12-05T20:00:00+01:00\",\"campaigns\":[],\"before\":[\"a\",\"b\",\"c\"],\"after\":[\"a\",\"c\"],\"moved\":[{");
    }
}
