package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.metamodel.spi.MappingMetamodelImplementor;
import org.hibernate.persister.entity.EntityPersister;
import org.junit.jupiter.api.Test;

/** Flyway owns the schema; the entities must say the same. */
@QuarkusTest
@WithTestResource(QuietService.class)
class SchemaTest {
    @Inject
    SessionFactory hibernate;

    @Inject
    Sql sql;

    @Test
    void entitiesMatchTheSchema() {
        hibernate.getSchemaManager().validateMappedObjects();
    }

    @Test
    void everyTableHasItsEntity() {
        List<String> tables = sql.column("select table_name from information_schema.tables"
                + " where table_schema = 'public' and table_name <> 'flyway_schema_history'");
        MappingMetamodelImplementor mappings = (MappingMetamodelImplementor) hibernate.getMetamodel();
        List<String> mapped = mappings.streamEntityDescriptors()
                .map(EntityPersister::getIdentifierTableName)
                .toList();
        assertThat(mapped).containsExactlyInAnyOrderElementsOf(tables);
    }
}
