using Npgsql;
using Specgen.StorageCommitment;

namespace Specgen;

/// <summary>Keeps the state of storage commitment in PostgreSQL.</summary>
public static class PostgreSqlCommitmentExtensions
{
    /// <summary>Keeps the state in a database; its tables are made at the first start.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="connectionString">Npgsql's.</param>
    public static IStorageCommitmentBuilder UsePostgreSql(this IStorageCommitmentBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return builder.UseStore(_ => new PostgreSqlCommitmentStore(connectionString));
    }

    /// <summary>Keeps the state in a database that the application has a data source for.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="database">Not disposed of by the store.</param>
    public static IStorageCommitmentBuilder UsePostgreSql(this IStorageCommitmentBuilder builder, NpgsqlDataSource database)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(database);
        return builder.UseStore(_ => new PostgreSqlCommitmentStore(database));
    }
}
