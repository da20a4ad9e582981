namespace Specgen.StorageCommitment;

/// <summary>Configures where a provider of storage commitment keeps its state; otherwise it is the server's own builder.</summary>
public interface IStorageCommitmentBuilder : IDicomScpBuilder
{
    /// <summary>Sets the store. The packages for SQLite and PostgreSQL have a method of their own for it.</summary>
    /// <param name="store">Makes it, once, when the host starts; the container disposes of it.</param>
    IStorageCommitmentBuilder UseStore(Func<IServiceProvider, ICommitmentStore> store);
}
