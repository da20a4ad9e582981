using Specgen;

namespace Archive.Storage;

/// <summary>Where the bytes of instances are: files in a folder, or objects in a bucket. What is in it, the database says.</summary>
internal interface IInstanceBytes
{
    /// <summary>What the name of something that was put aside ends with.</summary>
    const string Aside = ".damaged";

    /// <summary>In words, for people.</summary>
    string Description { get; }

    /// <summary>Where instances are received into before they are put in their place.</summary>
    string ReceiveFolder { get; }

    /// <summary>Keeps a received instance in a place that nothing was in; when this is done, it is there whole.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    ValueTask<(string Location, long Size)> PutAsync(CStoreContext context, InstanceIdentity identity, CancellationToken cancellationToken);

    /// <summary>The place that a file of this machine is in, where <see cref="ListAsync"/> finds it; null for one that is elsewhere.</summary>
    string? PlaceOf(string path) => null;

    /// <summary>Puts a copy of a file of this machine in a place that nothing was in.</summary>
    ValueTask<(string Location, long Size)> PutAsync(string path, InstanceIdentity identity, CancellationToken cancellationToken);

    /// <summary>Puts what is whole into the place of what is damaged.</summary>
    /// <returns>Where it is then.</returns>
    ValueTask<string> ReplaceAsync(string damaged, string whole, CancellationToken cancellationToken);

    /// <summary>How many bytes are there; null where nothing is.</summary>
    /// <exception cref="IOException">It cannot be known.</exception>
    ValueTask<long?> SizeAsync(string location, CancellationToken cancellationToken);

    /// <summary>The file, from its preamble on, as a stream that can be positioned.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    ValueTask<Stream> OpenAsync(string location, CancellationToken cancellationToken);

    /// <summary>Sees to it that what is there is on the disk.</summary>
    ValueTask FlushAsync(string location, CancellationToken cancellationToken);

    /// <summary>Puts what is damaged aside, by the same name and "<see cref="Aside"/>", for somebody to look at: <see cref="ListAsync"/> does not find it there, so nobody takes it for the instance.</summary>
    ValueTask PutAsideAsync(string damaged, CancellationToken cancellationToken);

    ValueTask DeleteAsync(string location, CancellationToken cancellationToken);

    /// <summary>Where an instance was put first, beside the place that is known; null for nowhere.</summary>
    ValueTask<string?> FindAnotherAsync(InstanceIdentity identity, string location, CancellationToken cancellationToken);

    /// <summary>Every place that has something in it, and when that was put there; for those who care only for what is younger than a moment, older ones may be left out.</summary>
    IAsyncEnumerable<(string Location, DateTimeOffset Changed)> ListAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>What the bytes are kept in cannot be asked now: nothing is known about what is there.</summary>
internal sealed class UnavailableException(string message, Exception cause) : IOException(message, cause);
