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

    private readonly AmazonS3Client _client;
    private readonly string _name;

    public InstanceBucket(BucketSettings settings, string receiveFolder)
    {
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = true,
            MaxErrorRetry = 2,
            Timeout = TimeSpan.FromSeconds(30),
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
        var size = file.Length;
        await AskAsync(() => _client.PutObjectAsync(
            new PutObjectRequest { BucketName = _name, Key = key, InputStream = file, AutoCloseStream = false, ContentType = "application/dicom", UseChunkEncoding = false }, cancellationToken));
        return (key, size);
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
            return (await AskAsync(() => _client.GetObjectMetadataAsync(_name, location, cancellationToken))).ContentLength;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    public async ValueTask<Stream> OpenAsync(string location, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(() => _client.GetObjectAsync(_name, location, cancellationToken));
        Stream copy = response.ContentLength <= KeptInMemory
            ? new MemoryStream((int)response.ContentLength)
            : new FileStream(Path.Combine(Directory.CreateDirectory(ReceiveFolder).FullName, Guid.NewGuid().ToString("N") + ".copy"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        try
        {
            await response.ResponseStream.CopyToAsync(copy, cancellationToken);
            copy.Position = 0;
            return copy;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            await copy.DisposeAsync();
            throw e as IOException ?? new IOException($"The object store: {e.Message}", e);
        }
    }

    /// <summary>What an object store has answered to is there.</summary>
    public ValueTask FlushAsync(string location, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async ValueTask DeleteAsync(string location, CancellationToken cancellationToken) => await AskAsync(() => _client.DeleteObjectAsync(_name, location, cancellationToken));

    public async IAsyncEnumerable<(string Location, DateTimeOffset Changed)> ListAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _name };
        ListObjectsV2Response page;
        do
        {
            page = await AskAsync(() => _client.ListObjectsV2Async(request, cancellationToken));
            foreach (var found in page.S3Objects ?? [])
            {
                if (found.LastModified is not { } changed || changed >= since.UtcDateTime)
                {
                    yield return (found.Key, found.LastModified ?? DateTime.UtcNow);
                }
            }
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Its failures as those of a disk: who stores need not know where.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            throw new FileNotFoundException("The object is not there", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException or TimeoutException)
        {
            throw new IOException($"The object store: {e.Message}", e);
        }
    }
}
