using Specgen.StorageCommitment;

namespace Specgen;

/// <summary>Keeps the state of storage commitment in SQLite.</summary>
public static class SqliteCommitmentExtensions
{
    /// <summary>Keeps the state in a file, which is made at the first start.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="path">The file. Its folder has to be there.</param>
    public static IStorageCommitmentBuilder UseSqlite(this IStorageCommitmentBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return builder.UseStore(_ => new SqliteCommitmentStore(path));
    }
}
