using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Specgen;

namespace Archive.Storage;

/// <summary>Instances as objects of a bucket that speaks S3, by path: AWS, MinIO, Ceph. Each has a key of its own, under its study, series and instance UID.</summary>
internal sealed class InstanceBucket : IInstanceBytes, IDisposable
{
    private const int KeptInMemory = 1 << 20;

    /// <summary>Bytes in a second, below which an upload is given up.</summary>
    private const int Slowest = 250_000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly AmazonS3Client _client;
    private readonly string _name;

    public InstanceBucket(BucketSettings settings, string receiveFolder)
    {
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = true,
            MaxErrorRetry = 2,
            Timeout = Timeout.InfiniteTimeSpan,
            AuthenticationRegion = settings.Region,

            // What is not asked for is not sent: not every store knows the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (settings.Endpoint is { Length: > 0 } endpoint)
        {
            configuration.ServiceURL = endpoint;
        }
        else
        {
            configuration.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(settings.Region);
        }
        _client = settings.AccessKey is { Length: > 0 } key ? new AmazonS3Client(new BasicAWSCredentials(key, settings.SecretKey), configuration) : new AmazonS3Client(configuration);
        (_name, ReceiveFolder) = (settings.Name, receiveFolder);
    }

    public string Description => $"Bucket {_name} at {_client.Config.ServiceURL ?? _client.Config.RegionEndpoint?.SystemName}";

    public string ReceiveFolder { get; }

    public async ValueTask<(string Location, long Size)> PutAsync(CStoreContext context, InstanceIdentity identity, CancellationToken cancellationToken)
    {
        var received = context.TakeFile();
        try
        {
            return await PutAsync(received, identity, cancellationToken);
        }
        finally
        {
            File.Delete(received);
        }
    }

    public async ValueTask<(string Location, long Size)> PutAsync(string path, InstanceIdentity identity, CancellationToken cancellationToken)
    {
        var key = $"{identity.StudyInstanceUid}/{identity.SeriesInstanceUid}/{identity.SopInstanceUid}~{Guid.NewGuid():N}.dcm";
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return (key, await PutAsync(key, file, cancellationToken));
    }

    public async ValueTask<string> ReplaceAsync(string damaged, string whole, CancellationToken cancellationToken)
    {
        await DeleteAsync(damaged, cancellationToken);
        return whole;
    }

    public async ValueTask<long?> SizeAsync(string location, CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(limit => _client.GetObjectMetadataAsync(_name, location, limit), cancellationToken)).ContentLength;
        }
        catch (FileNotFoundException)
        {
            // That answer has no body, and is the same where the bucket is not there: of which an object's being gone does not follow. Who asks for the object is told which.
            try
            {
                using var response = await AskAsync(limit => _client.GetObjectAsync(_name, location, limit), cancellationToken);
                return response.ContentLength;
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }
    }

    public async ValueTask<Stream> OpenAsync(string location, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(limit => _client.GetObjectAsync(_name, location, limit), cancellationToken);
        Stream copy = response.ContentLength <= KeptInMemory
            ? new MemoryStream((int)response.ContentLength)
            : new FileStream(Path.Combine(Directory.CreateDirectory(ReceiveFolder).FullName, Guid.NewGuid().ToString("N") + ".copy"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        try
        {
            await CopyAsync(response.ResponseStream, copy, cancellationToken);
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>What an object store has answered to is there.</summary>
    public ValueTask FlushAsync(string location, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask PutAsideAsync(string damaged, CancellationToken cancellationToken)
    {
        try
        {
            await using var copy = await OpenAsync(damaged, cancellationToken);
            await PutAsync(damaged + IInstanceBytes.Aside, copy, cancellationToken);
            await DeleteAsync(damaged, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            // It is not there at all.
        }
    }

    public async ValueTask DeleteAsync(string location, CancellationToken cancellationToken) => await AskAsync(limit => _client.DeleteObjectAsync(_name, location, limit), cancellationToken);

    public async ValueTask<string?> FindAnotherAsync(InstanceIdentity identity, string location, CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _name, Prefix = $"{identity.StudyInstanceUid}/{identity.SeriesInstanceUid}/{identity.SopInstanceUid}~" };
        return (await AskAsync(limit => _client.ListObjectsV2Async(request, limit), cancellationToken)).S3Objects?.Where(found => found.Key != location && !IsAside(found.Key)).MinBy(static found => found.LastModified)?.Key;
    }

    public async IAsyncEnumerable<(string Location, DateTimeOffset Changed)> ListAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _name };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(limit => _client.ListObjectsV2Async(request, limit), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                if (!IsAside(found.Key) && (found.LastModified is not { } changed || changed >= since.UtcDateTime))
                {
                    yield return (found.Key, found.LastModified ?? DateTime.UtcNow);
                }
            }
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public void Dispose() => _client.Dispose();

    private static bool IsAside(string key) => key.EndsWith(IInstanceBytes.Aside, StringComparison.Ordinal);

    private async Task<long> PutAsync(string key, Stream file, CancellationToken cancellationToken)
    {
        var size = file.Length;
        await AskAsync(
            limit => _client.PutObjectAsync(
                new PutObjectRequest { BucketName = _name, Key = key, InputStream = file, AutoCloseStream = false, ContentType = "application/dicom", UseChunkEncoding = false }, limit),
            cancellationToken,
            size);
        return size;
    }

    /// <summary>Its failures as those of a disk: who stores need not know where.</summary>
    private static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken, long bytes = 0)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_patience + TimeSpan.FromSeconds((double)bytes / Slowest));
        try
        {
            return await ask(limit.Token);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            throw new FileNotFoundException("The object is not there", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnavailableException("The object store did not answer in time", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException or IOException)
        {
            throw new UnavailableException($"The object store: {e.Message}", e);
        }
    }

    /// <summary>Copies what comes, as long as something does.</summary>
    private static async Task CopyAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[81_920];
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(s_patience);
            int count;
            try
            {
                count = await source.ReadAsync(buffer, limit.Token);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new UnavailableException($"The object store: {e.Message}", e);
            }
            if (count == 0)
            {
                return;
            }
            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }
}
