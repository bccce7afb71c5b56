package org.neuropil.graph.store;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.neuropil.space.InputException;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.api.gax.rpc.UnauthenticatedException;
import com.google.cloud.bigtable.admin.v2.BigtableTableAdminClient;
import com.google.cloud.bigtable.admin.v2.BigtableTableAdminSettings;
import com.google.cloud.bigtable.admin.v2.models.CreateTableRequest;
import com.google.cloud.bigtable.admin.v2.models.GCRules;
import com.google.cloud.bigtable.admin.v2.models.ModifyColumnFamiliesRequest;
import com.google.cloud.bigtable.data.v2.BigtableDataSettings;
import com.google.cloud.bigtable.data.v2.stub.metrics.NoopMetricsProvider;

/// How a table of Bigtable is reached, and made.
final class BigtableConnection {
    static final String EMULATOR = "BIGTABLE_EMULATOR_HOST";

    private static final Pattern HOST = Pattern.compile("(.+):(\\d{1,5})");
    private static final GCRules.GCRule ONE = GCRules.GCRULES.maxVersions(1);

    private record Host(String name, int port) {}

    private final StoreAddress address;
    private final Optional<Host> emulator;

    BigtableConnection(StoreAddress address, Optional<String> emulator) {
        this.address = address;
        this.emulator = emulator.map(BigtableConnection::host);
    }

    private static Host host(String text) {
        Matcher parts = HOST.matcher(text.strip());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65535) {
            throw new InputException("'" + text + "' is no host and port of an emulator", EMULATOR,
                    "write it as localhost:8086");
        }
        return new Host(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    BigtableDataSettings.Builder data() {
        return emulator.map(host -> BigtableDataSettings.newBuilderForEmulator(host.name(), host.port()))
                .orElseGet(BigtableDataSettings::newBuilder)
                .setProjectId(address.project()).setInstanceId(address.instance())
                // Figures for Google's monitoring, which may need a permission of its own.
                .setMetricsProvider(NoopMetricsProvider.INSTANCE).disableInternalMetrics();
    }

    private BigtableTableAdminSettings admin() throws IOException {
        return emulator.map(host -> BigtableTableAdminSettings.newBuilderForEmulator(host.name(), host.port()))
                .orElseGet(BigtableTableAdminSettings::newBuilder)
                .setProjectId(address.project()).setInstanceId(address.instance()).build();
    }

    /// Makes the table and its column family if they are missing. Another process may do the same meanwhile.
    void makeTable() throws IOException {
        try (BigtableTableAdminClient admin = BigtableTableAdminClient.create(admin())) {
            if (!admin.exists(address.table())) {
                try {
                    admin.createTable(CreateTableRequest.of(address.table()).addFamily(BigtableRows.FAMILY, ONE));
                } catch (AlreadyExistsException _) {
                    // Made by another one; with the family, as by this one.
                }
            }
            if (admin.getTable(address.table()).getColumnFamilies().stream()
                    .noneMatch(family -> family.getId().equals(BigtableRows.FAMILY))) {
                try {
                    admin.modifyFamilies(
                            ModifyColumnFamiliesRequest.of(address.table()).addFamily(BigtableRows.FAMILY, ONE));
                } catch (AlreadyExistsException _) {
                    // As above.
                }
            }
        } catch (PermissionDeniedException | UnauthenticatedException e) {
            throw new InputException("there is no permission to look after tables: " + e.getMessage(),
                    address.toString(), "use an account with the role bigtable.admin, or name an emulator in "
                            + EMULATOR,
                    e);
        } catch (NotFoundException e) {
            throw new InputException("there is no such instance: " + e.getMessage(), address.toString(),
                    "make it in the console of Google Cloud", e);
        } catch (ApiException e) {
            throw new IOException("cannot open " + address + ": " + e.getMessage(), e);
        }
    }
}
